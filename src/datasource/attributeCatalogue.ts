/** Keys and values of attributes: from the store where it lists them, else from spans it was asked for. */
import { BackendError } from '../backends/errors';
import { unixNanoFromMillis, type TimeWindow } from '../model/time';
import { CONVENTIONAL_ATTRIBUTES } from '../query/conventionalAttributes';
import type { ConnectedBackend } from './createBackend';
import { SharedRequests } from './sharedRequests';
import { sampleTraces } from './sampleTraces';

export interface AttributeQuestion {
  /** Only what these have; empty means all. Stores that list keys themselves cannot tell by service. */
  readonly services: readonly string[];
  /** Missing: whatever is known, and the last hour where nothing is. */
  readonly window?: TimeWindow;
}

const KEEP_MS = 60_000;
const HOUR_MS = 3_600_000;

export class AttributeCatalogue {
  private readonly lists: SharedRequests<readonly string[]>;
  private readonly samples: SharedRequests<void>;

  constructor(
    private readonly connected: ConnectedBackend,
    private readonly now: () => number
  ) {
    this.lists = new SharedRequests(KEEP_MS, now);
    this.samples = new SharedRequests(KEEP_MS, now);
  }

  /** Sorted, each once. */
  async keys(question: AttributeQuestion, signal?: AbortSignal): Promise<readonly string[]> {
    await this.connected.settle?.({ signal: signal ?? new AbortController().signal });
    const { backend, learned } = this.connected;
    const { window } = question;
    const load = async (shared: AbortSignal) =>
      (await orNothing(backend.listAttributeKeys?.({ signal: shared, ...(window && { window }) }))).map(
        ({ key }) => key
      );
    const listed = await this.lists.get(windowKey(window), load, signal);
    // A server of which nothing is listed may still have it all: its spans tell.
    if (listed.length > 0) {
      return sorted(listed);
    }
    await this.sample(question, learned.knows(question.services), signal);
    return sorted([...learned.keys(question.services), ...CONVENTIONAL_ATTRIBUTES.keys()]);
  }

  /** Sorted, each once. */
  async values(key: string, question: AttributeQuestion, signal?: AbortSignal): Promise<readonly string[]> {
    await this.connected.settle?.({ signal: signal ?? new AbortController().signal });
    const { backend, learned } = this.connected;
    const { window, services } = question;
    const load = async (shared: AbortSignal) =>
      orNothing(backend.listAttributeValues?.({ key, services, ...(window && { window }) }, { signal: shared }));
    const listed = await this.lists.get(JSON.stringify([key, services, windowKey(window)]), load, signal);
    if (listed.length > 0) {
      return sorted(listed);
    }
    await this.sample(question, learned.values(key, question.services).length > 0, signal);
    return sorted([...learned.values(key, question.services), ...(CONVENTIONAL_ATTRIBUTES.get(key) ?? [])]);
  }

  /** A variable, which asks about a time range, must not depend on what was looked at before. */
  private async sample({ services, window }: AttributeQuestion, isKnown: boolean, signal?: AbortSignal): Promise<void> {
    if (isKnown && !window) {
      return;
    }
    const nowMs = this.now();
    const range = window ?? {
      fromUnixNano: unixNanoFromMillis(nowMs - HOUR_MS),
      toUnixNano: unixNanoFromMillis(nowMs),
    };
    const load = async (shared: AbortSignal) => {
      this.connected.learned.observe(
        await sampleTraces(this.connected, { services, window: range }, { signal: shared })
      );
    };
    await this.samples.get(JSON.stringify([services, windowKey(window)]), load, signal);
  }
}

/** Nothing where a store or this server of it keeps no such list: Zipkin's keys are named in its configuration. */
async function orNothing<T>(list: Promise<readonly T[]> | undefined): Promise<readonly T[]> {
  try {
    return (await list) ?? [];
  } catch (error) {
    if (error instanceof BackendError && error.kind === 'unsupported') {
      return [];
    }
    throw error;
  }
}

/** By the minute: a range that ends now moves with every question. */
export function windowKey(window: TimeWindow | undefined): string {
  const minute = (unixNano: bigint) => String(unixNano / 60_000_000_000n);
  return window ? `${minute(window.fromUnixNano)}-${minute(window.toUnixNano)}` : '';
}

function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}
