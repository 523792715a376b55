import { Alert } from '@grafana/ui';
import React, { type ReactNode } from 'react';

/** Where "Save & test" stands. */
export interface Outcome {
  readonly status: 'running' | 'success' | 'warning' | 'error';
  readonly message?: string;
  readonly remarks?: ReactNode;
  /** For the person who must explain it; folded. */
  readonly details?: ReactNode;
}

/** What a data source says about itself, laid out as on Grafana's settings page. */
export function TestResult({ outcome }: { outcome: Outcome }) {
  const { status, message, remarks, details } = outcome;
  if (status === 'running') {
    return <Alert severity="info" title="Saving and testing …" />;
  }
  return (
    <Alert severity={status} title={message ?? status} aria-live="polite">
      {remarks}
      {details && (
        <details style={{ whiteSpace: 'pre-wrap' }}>
          <summary>More</summary>
          {details}
        </details>
      )}
    </Alert>
  );
}
