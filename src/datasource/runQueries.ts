import { LoadingState, type DataFrame, type DataQueryError, type DataQueryResponse } from '@grafana/data';
import { Observable } from 'rxjs';

import { isCancelled } from './messages';

export interface Answerable {
  readonly refId: string;
}

export interface QueryRunner<TQuery extends Answerable> {
  /** `onPartial` takes what there is so far; what it was given before is replaced. */
  run(query: TQuery, signal: AbortSignal, onPartial: (frames: DataFrame[]) => void): Promise<DataFrame[]>;
  /** The sentence for a failure of `run`. */
  describe(error: unknown): string;
}

/**
 * Runs all queries at once and answers each under its own key, in the order of the panel: which trace a panel shows
 * must not depend on which answer was faster. A failure is told beside the answers of the others. The last packet
 * alone is `Done`. A partial answer waits for its turn like any other. Unsubscribing aborts what still runs.
 */
export function runQueries<TQuery extends Answerable>(
  queries: readonly TQuery[],
  runner: QueryRunner<TQuery>
): Observable<DataQueryResponse> {
  return new Observable((subscriber) => {
    const controllers = queries.map(() => new AbortController());
    const partials = new Map<number, DataFrame[]>();
    let turn = -1;
    const deliverPartial = (index: number) => {
      const frames = partials.get(index);
      if (index === turn && frames) {
        subscriber.next({ key: queries[index].refId, data: frames, state: LoadingState.Streaming });
      }
    };
    const answers = queries.map((query, index) =>
      answer(query, runner, controllers[index].signal, (frames) => {
        partials.set(index, frames);
        deliverPartial(index);
      })
    );

    const deliver = async () => {
      // Grafana shows the errors of the last packet that has any (12.4, runRequest.ts), so each repeats those before.
      const errors: DataQueryError[] = [];
      for (const [index, query] of queries.entries()) {
        turn = index;
        deliverPartial(index);
        const { frames, error } = await answers[index];
        turn = -1;
        const isLast = index === queries.length - 1;
        if (error) {
          errors.push(error);
        }
        subscriber.next({
          key: query.refId,
          data: frames,
          state: error ? LoadingState.Error : isLast ? LoadingState.Done : LoadingState.Loading,
          // Explore reads `error`, panels read `errors`.
          // eslint-disable-next-line @typescript-eslint/no-deprecated
          ...(error && { error, errors: [...errors] }),
        });
      }
      if (queries.length === 0) {
        subscriber.next({ data: [], state: LoadingState.Done });
      }
      subscriber.complete();
    };
    void deliver();
    return () => controllers.forEach((controller) => controller.abort());
  });
}

interface Answer {
  readonly frames: DataFrame[];
  readonly error?: DataQueryError;
}

/** Never rejects, whatever the runner does. */
async function answer<TQuery extends Answerable>(
  query: TQuery,
  runner: QueryRunner<TQuery>,
  signal: AbortSignal,
  onPartial: (frames: DataFrame[]) => void
): Promise<Answer> {
  try {
    return { frames: await runner.run(query, signal, onPartial) };
  } catch (error) {
    if (signal.aborted || isCancelled(error)) {
      return { frames: [] };
    }
    return { frames: [], error: { refId: query.refId, message: runner.describe(error) } };
  }
}
