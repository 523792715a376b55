import React from 'react';

import { EditorRow } from '@grafana/plugin-ui';

import type { DocumentQuery, SearchQuery, TraceIdQuery } from '../../query/query';
import { DEFAULT_GROUP_BY } from '../../query/views';
import { testIds } from '../testIds';
import type { FormProps } from './form';
import { problemsByField } from './problems';
import { TextField } from './TextField';

type Props<Q extends TraceIdQuery | DocumentQuery | SearchQuery> = Pick<
  FormProps<Q>,
  'query' | 'catalogue' | 'capabilities' | 'onEdit' | 'onSubmit'
>;

/** What the chosen view wants to know; nothing for most. */
export function ViewFieldsForm<Q extends TraceIdQuery | DocumentQuery | SearchQuery>(props: Props<Q>) {
  const { query, catalogue, capabilities, onEdit, onSubmit } = props;
  const changed = (field: 'groupBy' | 'columns', text: string): Q => ({ ...query, [field]: keysOf(text) });
  const problemOf = (field: 'groupBy' | 'columns') => (text: string) =>
    problemsByField(changed(field, text), capabilities, (written) => catalogue.interpolate(written)).get(field);
  const change = (field: 'groupBy' | 'columns') => (text: string) =>
    (problemOf(field)(text) === undefined ? onSubmit : onEdit)(changed(field, text));

  switch (query.view) {
    case 'statistics':
      return (
        <EditorRow>
          <TextField
            label="Group by"
            tooltip="One or two keys with a comma between: service, operation, kind, status, or the key of any attribute, such as http.route."
            placeholder={DEFAULT_GROUP_BY.join(', ')}
            width={40}
            testId={testIds.queryEditor.groupBy}
            value={textOf(query.groupBy)}
            problem={problemOf('groupBy')}
            onCommit={change('groupBy')}
          />
        </EditorRow>
      );
    case 'spans':
      return (
        <EditorRow>
          <TextField
            label="Columns"
            tooltip="Keys of attributes with commas between; each becomes a column. An attribute is looked up in the span, then in its resource."
            placeholder="http.route, db.query.text"
            width={60}
            testId={testIds.queryEditor.columns}
            value={textOf(query.columns)}
            problem={problemOf('columns')}
            onCommit={change('columns')}
          />
        </EditorRow>
      );
    default:
      return null;
  }
}

function textOf(keys: readonly string[] = []): string {
  return keys.join(', ');
}

function keysOf(text: string): readonly string[] | undefined {
  const keys = text
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '');
  return keys.length === 0 ? undefined : keys;
}
