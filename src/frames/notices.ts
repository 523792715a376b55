import type { QueryResultMetaNotice } from '@grafana/data';
import type { Notice } from '../model/notice';

/** Notices as `meta.notices` wants them; undefined when there is nothing to say, so that no badge appears. */
export function buildNotices(notices: readonly Notice[]): QueryResultMetaNotice[] | undefined {
  if (notices.length === 0) {
    return undefined;
  }
  return notices.map(({ severity, text }) => ({ severity, text }));
}

/** Remarks on a whole trace (`Trace.warnings`) in the form of notices. */
export function warningNotices(warnings: readonly string[]): Notice[] {
  return warnings.map((text) => ({ severity: 'warning', text }));
}
