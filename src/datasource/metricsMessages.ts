/** Sentences about numbers over time and the samples they are computed from. */
import { countOf } from '../analysis/numberText';

/** Whole traces where their list is all there is, else what was asked of a service in them. */
export type SampleCount = 'traces' | 'requests';

export function sampleSentence(traces: number, isLimited: boolean, counts: SampleCount): string {
  const cut = isLimited ? ' The limit of the search cut it: rates are too low, and older traces are missing.' : '';
  const sample = `a sample of ${countOf(traces, 'trace')} that the search found`;
  return counts === 'requests'
    ? `Computed from the requests in ${sample}.${cut}`
    : `Computed from ${sample}; durations are those of whole traces.${cut}`;
}

export function rootOperationsSentence(): string {
  return 'The list of traces that this server gives names the operation with which each trace began, so a series is one of these, whichever service began it.';
}

export function unnarrowedMetricsSentence(conditions: string): string {
  return `The numbers that the store keeps cannot be narrowed by ${conditions}. Choose “Traces” as the source to count those of a sample that match.`;
}

export function metricsFromTracesSentence(why: string): string {
  return `${why} What is shown was computed from traces instead.`;
}

export function unknownErrorsSentence(): string {
  return 'The list of traces that this server gives does not tell which of them have errors.';
}

export function tooManyServicesSentence(shown: number, all: number): string {
  return `Only the first ${shown} of ${all} services are searched for traces. Choose fewer to see the others.`;
}
