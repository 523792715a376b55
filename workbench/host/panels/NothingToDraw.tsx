import { EmptyState } from '@grafana/ui';
import React from 'react';

/** In place of a drawing: that there is nothing, or why nothing can be drawn. */
export const NothingToDraw = ({ what, reason }: { what: string; reason?: string }) => (
  <EmptyState variant="not-found" hideImage message={reason === undefined ? 'No data' : `This is no ${what}`}>
    {reason}
  </EmptyState>
);
