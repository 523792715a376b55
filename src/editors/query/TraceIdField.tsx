import React, { useId, useState } from 'react';

import { InlineField, Input } from '@grafana/ui';

import type { TraceIdQuery } from '../../query/query';
import { useDraft } from '../hooks/useDraft';
import { testIds } from '../testIds';
import type { FormProps } from './form';
import { problemsByField } from './problems';
import { SubtreeButton } from './SubtreeButton';
import { WindowButton } from './WindowButton';

const HINT = 'Trace ID, traceparent header or address of a trace';

/** The id of a trace, and what a link brought with it. Whatever is pasted is read the way a link with that text would be. */
export function TraceIdField({
  query,
  catalogue,
  capabilities,
  readPasted,
  onEdit,
  onSubmit,
}: FormProps<TraceIdQuery>) {
  const id = useId();
  const [refused, setRefused] = useState<{ readonly text: string; readonly reason: string }>();
  const draft = useDraft(query.query, (text) => {
    if (text === query.query) {
      onSubmit(query);
      return;
    }
    const read = readPasted(text);
    if (read.queryType === 'unsupported') {
      setRefused({ text, reason: read.reason });
      return;
    }
    // Another trace, looked at in the same way.
    const { rawTraces, clockSkew, view, groupBy, columns } = query;
    const next = read.queryType === 'traceql' ? { ...read, rawTraces, clockSkew, view, groupBy, columns } : read;
    (text === '' ? onEdit : onSubmit)(next);
  });
  const problem = shownProblem();

  function shownProblem(): string | undefined {
    const text = draft.value.trim();
    if (refused?.text === text) {
      return refused.reason;
    }
    // A text that is still being typed is not wrong yet.
    return text === '' || text !== query.query
      ? undefined
      : problemsByField(query, capabilities, (written) => catalogue.interpolate(written)).get('query');
  }

  return (
    <>
      <InlineField grow htmlFor={id} invalid={Boolean(problem)} error={<span id={`${id}-problem`}>{problem}</span>}>
        <Input
          id={id}
          data-testid={testIds.queryEditor.traceId}
          aria-label={HINT}
          placeholder={HINT}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={Boolean(problem)}
          aria-describedby={problem ? `${id}-problem` : undefined}
          {...draft}
        />
      </InlineField>
      <WindowButton query={query} onForget={onSubmit} />
      <SubtreeButton query={query} onForget={onSubmit} />
    </>
  );
}
