/** What the parts of the pipeline share: one run of one query. */
import type { DataFrame, DataQueryRequest } from '@grafana/data';

import type { RequestContext } from '../backends/backend';
import type { LinkTarget } from '../frames/links';
import type { SpanTest } from '../model/matchSpan';
import type { TimeWindow } from '../model/time';
import type { BackendCapabilities } from '../query/capabilities';
import type { TraceQuery } from '../query/query';
import { validateQuery } from '../query/validate';
import type { IsWritten } from '../query/variableText';
import type { Catalogue } from './catalogue';
import type { ConnectedBackend } from './createBackend';
import { QueryRefused } from './queryRefused';
import type { DataSourceServices } from './services';
import type { TraceSettings } from './settings';

export interface QueryDependencies {
  readonly connected: ConnectedBackend;
  readonly settings: TraceSettings;
  readonly services: Pick<DataSourceServices, 'replace' | 'now' | 'documents' | 'queryInstant'>;
  readonly catalogue: Catalogue;
  /** This data source, for the links in results. */
  readonly self: LinkTarget;
  /** The sentence for a failure. */
  describe(error: unknown): string;
}

/** What one run of one query needs to know. */
export interface Run extends QueryDependencies {
  readonly request: DataQueryRequest<TraceQuery>;
  readonly context: RequestContext;
  /** The panel's. */
  readonly window: TimeWindow;
  /** Of the server that answers; asked once a run. */
  capabilities(): Promise<BackendCapabilities>;
  /** Tells the variables of the query as it was saved from what their values hold. */
  readonly isWritten: IsWritten;
  /** Of a table of spans or a document: those that the dashboard's filters leave; missing when they leave all. */
  readonly keepsSpan?: SpanTest;
  /** Shows what there is so far; replaces what was shown before. */
  onPartial(frames: DataFrame[]): void;
}

/** Throws the sentences about what is wrong with a query, if anything is. */
export function refuseProblems(
  query: TraceQuery,
  capabilities: BackendCapabilities,
  { isWritten }: Pick<Run, 'isWritten'>
): void {
  const problems = validateQuery(query, capabilities, isWritten);
  if (problems.length > 0) {
    throw new QueryRefused(problems.map(({ message }) => message).join(' '));
  }
}
