import type { BackendDefinition } from '../../backends/backend';
import { frameDocuments } from '../../wire/grafana/frameDocuments';
import { otlpDocuments } from '../../wire/otlp/otlpDocuments';
import type { TraceDocumentReader } from '../../wire/traceDocument';

/** Everything that can be read, in the order in which it is asked: what stores write, then what belongs to none. */
export function documentReaders(definitions: readonly BackendDefinition[]): readonly TraceDocumentReader[] {
  return [...definitions.flatMap(({ documents = [] }) => documents), ...otlpDocuments, frameDocuments];
}
