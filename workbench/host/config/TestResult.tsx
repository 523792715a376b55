import { Alert } from '@grafana/ui';
import React from 'react';

/** Where "Save & test" stands. */
export interface Outcome {
  readonly status: 'running' | 'success' | 'error';
  readonly message?: string;
  /** More words, such as what the server sent. */
  readonly details?: React.ReactNode;
}

/** The message of a data source about itself, in Grafana's two boxes. */
export function TestResult({ outcome }: { outcome: Outcome }) {
  const { status, message, details } = outcome;
  if (status === 'running') {
    return <Alert severity="info" title="Saving and testing …" />;
  }
  return (
    <Alert severity={status} title={message ?? status} aria-live="polite">
      {details}
    </Alert>
  );
}
