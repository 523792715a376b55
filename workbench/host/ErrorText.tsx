import { isFetchError } from '@grafana/runtime';
import { Alert } from '@grafana/ui';
import React from 'react';

/** The words of whatever was thrown, as Grafana finds them: the server's message before the status. */
export function errorText(error: unknown): string {
  if (isFetchError(error)) {
    const data: { message?: unknown } = error.data ?? {};
    const message = typeof data.message === 'string' ? data.message : error.message;
    return [message, error.status > 0 && `(${error.status} ${error.statusText ?? ''})`].filter(Boolean).join(' ');
  }
  return error instanceof Error ? error.message : String(error);
}

interface ErrorAlertProps {
  readonly title: string;
  readonly error: unknown;
}

export const ErrorAlert = ({ title, error }: ErrorAlertProps) => (
  <Alert severity="error" title={title}>
    {errorText(error)}
  </Alert>
);
