import type { Catalogue } from '../../datasource/catalogue';
import type { BackendCapabilities } from '../../query/capabilities';
import type { TraceQuery } from '../../query/query';

/** What every form of the query editor takes. */
export interface FormProps<Q extends TraceQuery> {
  readonly query: Q;
  readonly catalogue: Catalogue;
  /** Tells catalogues apart: the data source's uid. */
  readonly catalogueId: string;
  readonly capabilities: BackendCapabilities;
  /** Saves the query without running it: it is not complete, or not correct. */
  onEdit(query: TraceQuery): void;
  /** Saves the query and runs it. */
  onSubmit(query: TraceQuery): void;
}
