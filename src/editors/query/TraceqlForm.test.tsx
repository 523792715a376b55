import React, { useState } from 'react';

import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import type { Catalogue } from '../../datasource/catalogue';
import type { LanguageQuery, TraceQuery } from '../../query/query';
import { testIds } from '../testIds';
import { assumedCapabilities } from './problems';
import { TraceqlForm } from './TraceqlForm';

jest.setTimeout(30_000);

beforeAll(() => {
  Object.defineProperty(document, 'fonts', { configurable: true, value: { ready: Promise.resolve() } });
});

async function renderForm(query: Partial<LanguageQuery> = {}, refusal?: string) {
  const saved: { current: TraceQuery } = { current: { refId: 'A', queryType: 'language', query: '', ...query } };
  const events: string[] = [];
  function Form() {
    const [current, setCurrent] = useState(saved.current);
    const save = (event: string) => (changed: TraceQuery) => {
      events.push(event);
      saved.current = changed;
      setCurrent(changed);
    };
    return current.queryType === 'language' ? (
      <TraceqlForm
        query={current}
        language={{ listNames: async () => [], listValues: async () => [] }}
        refusal={refusal}
        catalogue={{ interpolate: (text) => text } as Catalogue}
        catalogueId="traces"
        capabilities={{ ...assumedCapabilities, queryLanguage: 'traceql' }}
        correctsClockSkew={false}
        readPasted={() => current}
        onEdit={save('edit')}
        onSubmit={save('submit')}
      />
    ) : null;
  }
  render(<Form />);
  const editor = await screen.findByLabelText(/^TraceQL/, {}, { timeout: 20_000 });
  return { saved, events, editor, user: userEvent.setup() };
}

it('runs with Shift and Enter, also what did not change', async () => {
  const { saved, events, editor, user } = await renderForm();
  await user.click(editor);
  await user.paste('{ status = error }');
  expect(events).toEqual([]);
  await user.keyboard('{Shift>}{Enter}{/Shift}');
  expect(saved.current).toMatchObject({ queryType: 'language', query: '{ status = error }' });
  await user.keyboard('{Control>}{Enter}{/Control}');
  expect(events).toEqual(['submit', 'submit']);
});

it('runs when left with another text', async () => {
  const { saved, events, editor, user } = await renderForm({ query: '{ }' });
  await user.click(editor);
  await user.paste(' | rate()');
  await user.tab();
  expect(saved.current).toMatchObject({ query: '{ } | rate()' });
  expect(events).toEqual(['submit']);
});

it('says what the grammar does not expect while it is being written', async () => {
  const { events, editor, user } = await renderForm();
  await user.click(editor);
  await user.paste('{ status == error }');
  await waitFor(() => expect(screen.getByTestId(testIds.queryEditor.traceql)).toHaveTextContent(/does not expect/));
  expect(events).toEqual([]);
});

it('says what the server refused, until the text is another', async () => {
  const { editor, user } = await renderForm({ query: '{ a }' }, 'parse error at line 1, col 3');
  const form = screen.getByTestId(testIds.queryEditor.traceql);
  expect(form).toHaveTextContent(/parse error at line 1|does not expect/);
  await user.clear(editor);
  await user.click(editor);
  await user.paste('{ .a = 1 }');
  await waitFor(() => expect(form).not.toHaveTextContent(/parse error|does not expect/));
});

it('offers the options of numbers for a query of numbers, and those of traces for all others', async () => {
  const { saved, user } = await renderForm({ query: '{ } | rate()' });
  expect(screen.queryByTestId(testIds.queryEditor.limit)).not.toBeInTheDocument();
  await user.type(screen.getByTestId(testIds.queryEditor.step), '30s{Enter}');
  expect(saved.current).toMatchObject({ step: '30s' });
  await user.click(screen.getByRole('radio', { name: 'One value' }));
  expect(saved.current).toMatchObject({ metricsQueryType: 'instant' });
  expect(screen.queryByTestId(testIds.queryEditor.step)).not.toBeInTheDocument();
});

it('lists spans, and so many per trace', async () => {
  const { saved, user } = await renderForm({ query: '{ }' });
  await user.type(screen.getByTestId(testIds.queryEditor.spss), '10{Enter}');
  await user.click(screen.getByRole('radio', { name: 'Spans' }));
  expect(saved.current).toMatchObject({ spss: 10, tableType: 'spans' });
});
