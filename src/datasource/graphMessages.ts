/** Sentences about the graph of services. */
import type { CutServiceGraph } from '../analysis/narrowServiceGraph';
import { countOf } from '../analysis/numberText';

export function noGraphMetricsSentence(): string {
  return 'No Prometheus data source is chosen for the service graph. Choose one in the data source settings, under “Service graph”.';
}

export function emptyGraphMetricsSentence(name: string): string {
  return `${name} has no metrics of a service graph in this time range. They come from Tempo's metrics generator (service-graphs) or the Collector's servicegraph connector; check that one of them writes to it.`;
}

export function graphMetricsFailedSentence(reason: string): string {
  return `The metrics of the service graph could not be read. ${reason}`;
}

export function widenedGraphSentence(since: string): string {
  return `No calls were counted in this time range, so the graph shows those since ${since}. Stores whose job counts calls once a day know nothing shorter.`;
}

export function graphOfTracesSentence(traces: number): string {
  return `Counted from a sample of ${countOf(traces, 'trace')}: the calls in these, not all that were made.`;
}

/** What is drawn of a graph, and how much is not. */
export function cutGraphSentence({ graph, omittedServices, omittedCalls }: CutServiceGraph): string {
  const pairs = `${countOf(omittedCalls, 'call')} between services`;
  const [shown, rest] =
    omittedServices > 0
      ? [
          `the ${graph.services.length} services with the strongest calls`,
          `${countOf(omittedServices, 'service')} and ${pairs}`,
        ]
      : [`the strongest ${countOf(graph.calls.length, 'call')} between services`, pairs];
  return `Only ${shown} are drawn: ${rest} are left out. Choose a service to see what is around it.`;
}

export function noNeighboursSentence(services: readonly string[]): string {
  return `No call from or to ${namesText(services)} was counted in this time range.`;
}

/** Of a range that is shorter than a day and holds a midnight. */
export function wholeDayGraphSentence(): string {
  return 'This time range holds a midnight (UTC), under which stores that count once a day write the calls of a whole day: calls are shown as they are, without a rate.';
}

/** `a, b, c and 4 more`. */
export function namesText(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => name.slice(0, 60));
  return shown.join(', ') + (names.length > shown.length ? ` and ${names.length - shown.length} more` : '');
}
