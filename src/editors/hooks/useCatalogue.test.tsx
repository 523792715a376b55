import { act, renderHook, waitFor } from '@testing-library/react';

import { useCatalogue } from './useCatalogue';

interface Call {
  readonly signal: AbortSignal;
  resolve(value: string[]): void;
  reject(error: unknown): void;
}

/** A question whose answers a test gives by hand. */
function questionByHand() {
  const calls: Call[] = [];
  const question = (signal: AbortSignal) =>
    new Promise<string[]>((resolve, reject) => calls.push({ signal, resolve, reject }));
  return { calls, question };
}

function setUp(subject = 'one') {
  const { calls, question } = questionByHand();
  const hook = renderHook(({ about }) => useCatalogue(about, question), { initialProps: { about: subject } });
  return { calls, ...hook };
}

describe('useCatalogue', () => {
  it('asks nothing until it is told to', () => {
    const { calls, result } = setUp();
    expect(calls).toHaveLength(0);
    expect(result.current).toMatchObject({ isLoading: false, value: undefined, error: undefined });
  });

  it('loads, and asks once however often it is told while an answer is on its way', async () => {
    const { calls, result } = setUp();
    act(() => result.current.ask());
    act(() => result.current.ask());
    expect(calls).toHaveLength(1);
    expect(result.current.isLoading).toBe(true);

    await act(async () => calls[0].resolve(['cart']));
    expect(result.current).toMatchObject({ isLoading: false, value: ['cart'], error: undefined });
  });

  it('keeps the list in sight while it is asked again', async () => {
    const { calls, result } = setUp();
    act(() => result.current.ask());
    await act(async () => calls[0].resolve(['cart']));
    act(() => result.current.ask());
    expect(result.current).toMatchObject({ isLoading: true, value: ['cart'] });
    await act(async () => calls[1].resolve(['cart', 'checkout']));
    expect(result.current.value).toEqual(['cart', 'checkout']);
  });

  it('hands on the sentence of a failure, and forgets it when asking again works', async () => {
    const { calls, result } = setUp();
    act(() => result.current.ask());
    await act(async () => calls[0].reject(new Error('The server cannot be reached.')));
    expect(result.current.error).toBe('The server cannot be reached.');

    act(() => result.current.ask());
    await act(async () => calls[1].resolve(['cart']));
    expect(result.current).toMatchObject({ value: ['cart'], error: undefined });
  });

  it.each([[undefined], ['text'], [new Error('')]])('has a sentence for a failure without one: %p', async (thrown) => {
    const { calls, result } = setUp();
    act(() => result.current.ask());
    await act(async () => calls[0].reject(thrown));
    expect(result.current.error).toBe('The list could not be loaded.');
  });

  it('cancels on unmount', () => {
    const { calls, result, unmount } = setUp();
    act(() => result.current.ask());
    expect(calls[0].signal.aborted).toBe(false);
    unmount();
    expect(calls[0].signal.aborted).toBe(true);
  });

  it('forgets and cancels when it is about something else', async () => {
    const { calls, result, rerender } = setUp('one');
    act(() => result.current.ask());
    rerender({ about: 'two' });
    expect(calls[0].signal.aborted).toBe(true);
    expect(result.current.isLoading).toBe(false);

    act(() => result.current.ask());
    await act(async () => {
      calls[0].resolve(['of one']);
      calls[1].resolve(['of two']);
    });
    await waitFor(() => expect(result.current.value).toEqual(['of two']));
  });
});
