import type { TraceSummary } from '../model/summary';
import type { Observation } from './sampleSeries';

/** Search results as observations; with a service, an error counts only where that service had it. */
export function observeSummaries(summaries: readonly TraceSummary[], service?: string): readonly Observation[] {
  return summaries.map((summary) => {
    const errors = errorCountOf(summary, service);
    return {
      traceId: summary.traceId,
      startUnixNano: summary.startUnixNano,
      duration: summary.duration,
      ...(errors === undefined ? {} : { isError: errors > 0 }),
    };
  });
}

/** Stores that tell no counts per service are taken at their word for the whole trace. */
function errorCountOf({ errorCount, services }: TraceSummary, service: string | undefined): number | undefined {
  return services.find(({ name }) => name === service)?.errorCount ?? errorCount;
}
