import { EmptyState } from '@grafana/ui';
import React, { createContext, useContext } from 'react';

/** What a panel says when it has nothing to draw; a dashboard's panel may have a sentence for it (`noValue`). */
export const NoValue = createContext<string | undefined>(undefined);

/** In place of a drawing: that there is nothing, or why nothing can be drawn. */
export function NothingToDraw({ what, reason }: { what: string; reason?: string }) {
  const noValue = useContext(NoValue);
  const message = reason === undefined ? (noValue ?? 'No data') : `This is no ${what}`;
  return (
    <EmptyState variant="not-found" hideImage message={message}>
      {reason}
    </EmptyState>
  );
}
