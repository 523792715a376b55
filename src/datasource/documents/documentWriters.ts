import type { BackendDefinition } from '../../backends/backend';
import { encodeOtlp } from '../../wire/otlp/encodeOtlp';
import type { TraceDocumentWriter } from '../../wire/traceDocument';

/** Everything that can be written: what belongs to no store, then what stores write. */
export function documentWriters(definitions: readonly BackendDefinition[]): readonly TraceDocumentWriter[] {
  return [
    { id: 'otlp', label: 'OTLP JSON', encode: encodeOtlp },
    ...definitions.flatMap(({ downloads = [] }) => downloads),
  ];
}
