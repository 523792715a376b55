import type { Catalogue } from '../../datasource/catalogue';
import type { TimeWindow } from '../../model/time';
import type { BackendCapabilities } from '../../query/capabilities';
import type { TraceQuery } from '../../query/query';

/** What every form of the query editor takes. */
export interface FormProps<Q extends TraceQuery> {
  readonly query: Q;
  readonly catalogue: Catalogue;
  /** Tells catalogues apart: the data source's uid. */
  readonly catalogueId: string;
  readonly capabilities: BackendCapabilities;
  /** The time range that the query is about, for lists of names; missing where Grafana does not tell. */
  readonly window?: TimeWindow;
  /** Whether clocks that disagree are corrected where a query does not say. */
  readonly correctsClockSkew: boolean;
  /** The query that a text means when it is typed or pasted where a trace ID goes: an id, a header, an address. */
  readPasted(text: string): TraceQuery;
  /** Saves the query without running it: it is not complete, or not correct. */
  onEdit(query: TraceQuery): void;
  /** Saves the query and runs it. */
  onSubmit(query: TraceQuery): void;
}
