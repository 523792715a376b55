import { useCallback, useEffect, useRef, useState } from 'react';

/** What is known of a question to the catalogue, while and after it is asked. */
export interface Lookup<T> {
  readonly isLoading: boolean;
  /** The last answer; stays while the question is asked again. */
  readonly value?: T;
  /** A sentence for the user. */
  readonly error?: string;
  /** Asks now, unless an answer is on its way. Call it when the list is about to be shown, and to retry. */
  ask(): void;
}

interface Answer<T> {
  readonly subject: string;
  readonly isLoading: boolean;
  readonly value?: T;
  readonly error?: string;
}

/**
 * One question to a data source's catalogue. Nothing is asked until `ask` is called. `subject` names what the question
 * is about: when it changes, the answer is forgotten and a request under way is cancelled, as it is on unmount.
 */
export function useCatalogue<T>(subject: string, question: (signal: AbortSignal) => Promise<T>): Lookup<T> {
  const [answer, setAnswer] = useState<Answer<T>>({ subject, isLoading: false });
  const running = useRef<AbortController>(undefined);
  const current = answer.subject === subject ? answer : { subject, isLoading: false };

  useEffect(
    () => () => {
      running.current?.abort();
      running.current = undefined;
    },
    [subject]
  );

  const latest = useRef(question);
  useEffect(() => {
    latest.current = question;
  });

  const ask = useCallback(() => {
    if (running.current) {
      return;
    }
    const controller = new AbortController();
    running.current = controller;
    const settle = (part: Pick<Answer<T>, 'value' | 'error'>) => {
      if (running.current === controller) {
        running.current = undefined;
        setAnswer({ subject, isLoading: false, ...part });
      }
    };
    setAnswer((before) => ({ subject, isLoading: true, value: before.subject === subject ? before.value : undefined }));
    latest.current(controller.signal).then(
      (value) => settle({ value }),
      (error: unknown) => settle({ error: sentence(error) })
    );
  }, [subject]);

  return { isLoading: current.isLoading, value: current.value, error: current.error, ask };
}

/** The catalogue promises an `Error` with a sentence; anything else would be shown as an empty red line. */
function sentence(error: unknown): string {
  return error instanceof Error && error.message ? error.message : 'The list could not be loaded.';
}
