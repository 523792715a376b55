import React, { useId, useState } from 'react';

import { dateTimeFormat } from '@grafana/data';
import { Button, InlineField, InlineSwitch, Input } from '@grafana/ui';

import type { TraceIdQuery } from '../../query/query';
import { useDraft } from '../hooks/useDraft';
import { testIds } from '../testIds';
import type { FormProps } from './form';
import { readPasted } from './readSaved';

const HINT = 'Trace ID, traceparent header or URL of a trace';

/** One trace, on one line. Whatever is pasted is read the way a link with that text would be. */
export function TraceIdForm({ query, capabilities, onEdit, onSubmit }: FormProps<TraceIdQuery>) {
  const id = useId();
  const [refusal, setRefusal] = useState<{ readonly text: string; readonly reason: string }>();
  const draft = useDraft(query.query, (text) => {
    if (text === '') {
      onEdit({ ...query, query: '', fromMs: undefined, toMs: undefined });
      return;
    }
    const read = readPasted(text, query);
    if (read.queryType === 'unsupported') {
      setRefusal({ text, reason: read.reason });
      return;
    }
    onSubmit(read);
  });
  const problem = refusal && refusal.text === draft.value.trim() ? refusal.reason : undefined;

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
      {(query.fromMs !== undefined || query.toMs !== undefined) && (
        <Button
          type="button"
          variant="secondary"
          icon="clock-nine"
          data-testid={testIds.queryEditor.traceWindow}
          tooltip={`${windowText(query)} Click to forget these times.`}
          onClick={() => onSubmit({ ...query, fromMs: undefined, toMs: undefined })}
        >
          Bounded
        </Button>
      )}
      {(!capabilities || capabilities.rawTraces || query.rawTraces) && (
        <InlineField
          label="As stored"
          htmlFor={`${id}-raw`}
          tooltip="Show the trace as it was stored, without the corrections the server makes, such as for clocks that disagree."
        >
          <InlineSwitch
            id={`${id}-raw`}
            data-testid={testIds.queryEditor.rawTraces}
            value={query.rawTraces ?? false}
            onChange={(event) => onSubmit({ ...query, rawTraces: event.currentTarget.checked || undefined })}
          />
        </InlineField>
      )}
    </>
  );
}

function windowText({ fromMs, toMs }: TraceIdQuery): string {
  return `The link that brought this ID says the trace lies between ${timeText(fromMs)} and ${timeText(toMs)}; it is looked for there first.`;
}

function timeText(ms: string | number | undefined): string {
  const time = Number(ms);
  return ms === undefined || ms === '' ? 'any time' : Number.isFinite(time) ? dateTimeFormat(time) : String(ms);
}
