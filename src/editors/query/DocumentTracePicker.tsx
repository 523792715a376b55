import React, { useEffect, useId } from 'react';

import { dateTimeFormat, formattedValueToString, getValueFormat } from '@grafana/data';
import { Combobox, InlineField } from '@grafana/ui';

import type { DocumentDesk, DocumentEntry } from '../../datasource/documents/DocumentDesk';
import type { DocumentQuery } from '../../query/query';
import { useCatalogue } from '../hooks/useCatalogue';
import { testIds } from '../testIds';

interface Props {
  readonly query: DocumentQuery;
  readonly documents: DocumentDesk;
  onSubmit(query: DocumentQuery): void;
}

/** Which of the traces of a document; nothing is shown when there is only one. */
export function DocumentTracePicker({ query, documents, onSubmit }: Props) {
  const id = useId();
  const { value: entries = [], ask } = useCatalogue(query.heldAs ?? query.text ?? '', (signal) =>
    documents.list(query, signal)
  );
  useEffect(ask, [ask, query.heldAs, query.text]);

  if (entries.length < 2) {
    return null;
  }
  return (
    <InlineField label="Trace" htmlFor={id}>
      <Combobox<string>
        id={id}
        data-testid={testIds.queryEditor.documentTrace}
        width={60}
        isClearable
        placeholder={`All ${entries.length} traces`}
        options={entries.map(optionOf)}
        value={query.query ?? null}
        onChange={(option) => {
          const { rootSpanId, spanId, showAll, query: before, ...rest } = query;
          onSubmit(option === null ? rest : { ...rest, query: option.value });
        }}
      />
    </InlineField>
  );
}

function optionOf({ traceId, title, spanCount, errorCount, durationMs, startMs }: DocumentEntry) {
  const duration = formattedValueToString(getValueFormat('ms')(durationMs, 1));
  const errors = errorCount === 0 ? [] : [errorCount === 1 ? '1 error' : `${errorCount} errors`];
  const facts = [
    dateTimeFormat(startMs),
    duration,
    spanCount === 1 ? '1 span' : `${spanCount} spans`,
    ...errors,
    traceId,
  ];
  return { value: traceId, label: title, description: facts.join(' · ') };
}
