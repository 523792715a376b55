import React from 'react';

import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import { backendDefinitions } from '../../backends/index';
import { normalizeQuery } from '../../query/normalizeQuery';
import type { TraceQuery } from '../../query/query';
import CheatSheet from './CheatSheet';
import { examples } from './examples';

const dialects = backendDefinitions.flatMap((definition) => definition.dialects ?? []);

describe('the examples', () => {
  it.each(examples.map((example) => [example.title, example.query] as const))('%s is a query of ours', (_, query) => {
    expect(normalizeQuery(query, { dialects })).toEqual(query);
  });

  it('show every kind of query', () => {
    expect(new Set(examples.map((example) => example.query.queryType))).toEqual(
      new Set(['traceql', 'search', 'compare', 'serviceGraph'])
    );
  });
});

describe('CheatSheet', () => {
  it('runs an example in the place of the query at hand', async () => {
    const clicked: TraceQuery[] = [];
    const query: TraceQuery = { refId: 'C', key: 'k', queryType: 'traceql', query: 'abc', rawTraces: true };
    render(<CheatSheet datasource={{} as never} query={query} onClickExample={(example) => clicked.push(example)} />);

    await userEvent.click(screen.getByRole('button', { name: examples[2].text.replace(/\s+/g, ' ') }));

    expect(clicked).toEqual([{ ...examples[2].query, refId: 'C', key: 'k' }]);
  });
});
