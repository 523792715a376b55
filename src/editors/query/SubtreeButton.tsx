import React from 'react';

import { Button } from '@grafana/ui';

import type { DocumentQuery, TraceIdQuery } from '../../query/query';
import { testIds } from '../testIds';

interface Props<Q> {
  readonly query: Q;
  onForget(query: Q): void;
}

/** Tells that only a part of the trace is shown, as a link asked for, and goes back to the whole. */
export function SubtreeButton<Q extends TraceIdQuery | DocumentQuery>({ query, onForget }: Props<Q>) {
  const { rootSpanId, ...whole } = query;
  if (!rootSpanId) {
    return null;
  }
  return (
    <Button
      type="button"
      variant="secondary"
      icon="sitemap"
      data-testid={testIds.queryEditor.rootSpan}
      aria-label="Show the whole trace"
      tooltip={`Shows only the span ${rootSpanId} and what is below it. Click to show the whole trace.`}
      // What was asked for a part would be too much for the whole.
      onClick={() => onForget({ ...(whole as Q), showAll: undefined })}
    >
      Part of the trace
    </Button>
  );
}
