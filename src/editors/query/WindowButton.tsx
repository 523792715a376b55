import React from 'react';

import { dateTimeFormat } from '@grafana/data';
import { Button } from '@grafana/ui';

import type { SearchQuery, TraceIdQuery } from '../../query/query';
import { testIds } from '../testIds';

interface Props<Q> {
  readonly query: Q;
  onForget(query: Q): void;
}

/** Tells that a query brought a time range of its own, as links and pasted addresses do, and lets go of it. */
export function WindowButton<Q extends TraceIdQuery | SearchQuery>({ query, onForget }: Props<Q>) {
  const { fromMs, toMs, ...unbounded } = query;
  if (fromMs === undefined && toMs === undefined) {
    return null;
  }
  return (
    <Button
      type="button"
      variant="secondary"
      icon="clock-nine"
      data-testid={testIds.queryEditor.traceWindow}
      aria-label="Forget the time range of this query"
      tooltip={`Looks from ${timeText(fromMs)} to ${timeText(toMs)}, as the link or address it came from says. Click to use the panel's time range instead.`}
      onClick={() => onForget(unbounded as Q)}
    >
      Own time range
    </Button>
  );
}

function timeText(ms: string | number | undefined): string {
  const time = Number(ms);
  return ms === undefined || ms === '' ? 'any time' : Number.isFinite(time) ? dateTimeFormat(time) : String(ms);
}
