/** One question asked as several requests, a few at a time. */
import { isCancelled } from './messages';

/** As many as `limitParallel` lets through for all panels together: more would be made only to wait. */
const MAX_PARALLEL = 5;
/** After so many failures without any answer the rest is not asked for. */
const MAX_FAILURES = 5;

export interface FanOut<TRequest, TAnswer> {
  readonly requests: readonly TRequest[];
  ask(request: TRequest): Promise<TAnswer>;
  /** After each answer, in the order in which they come. */
  onAnswer(answer: TAnswer, answered: number): void;
}

export interface FannedOut {
  /** Requests without an answer, those that were not sent after many failures among them. */
  readonly failed: number;
  readonly firstFailure: unknown;
}

/** Rejects when nothing was answered at all, and as soon as a request was cancelled. */
export async function fanOut<TRequest, TAnswer>(fan: FanOut<TRequest, TAnswer>): Promise<FannedOut> {
  const failures: unknown[] = [];
  let next = 0;
  let answered = 0;
  const work = async () => {
    while (next < fan.requests.length && !(answered === 0 && failures.length >= MAX_FAILURES)) {
      const request = fan.requests[next++];
      try {
        const answer = await fan.ask(request);
        answered++;
        fan.onAnswer(answer, answered);
      } catch (error) {
        if (isCancelled(error)) {
          throw error;
        }
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: MAX_PARALLEL }, work));
  if (answered === 0 && failures.length > 0) {
    throw failures[0];
  }
  return { failed: fan.requests.length - answered, firstFailure: failures[0] };
}
