import type { TimeWindow } from '../model/time';
import { windowKey } from './attributeCatalogue';
import type { ConnectedBackend } from './createBackend';
import { SharedRequests } from './sharedRequests';

const KEEP_MS = 60_000;

/** What an editor of the store's own language may ask for while the user types. */
export interface LanguageCatalogue {
  /** As they are written in the language, of a time range where one is given. Rejects with whatever went wrong: nobody is told, there is only less to offer. */
  listNames(window?: TimeWindow): Promise<readonly string[]>;
  /** Literals of the language, for the field of this name. */
  listValues(name: string, window?: TimeWindow): Promise<readonly string[]>;
}

/** Kept for a minute: every key typed asks again. */
export class CachedLanguageCatalogue implements LanguageCatalogue {
  private readonly lists: SharedRequests<readonly string[]>;

  constructor(
    private readonly connected: ConnectedBackend,
    now: () => number
  ) {
    this.lists = new SharedRequests(KEEP_MS, now);
  }

  listNames(window?: TimeWindow): Promise<readonly string[]> {
    const { backend } = this.connected;
    return this.lists.get(
      JSON.stringify([windowKey(window)]),
      async (signal) => (await backend.listLanguageNames?.({ signal, ...(window && { window }) })) ?? []
    );
  }

  listValues(name: string, window?: TimeWindow): Promise<readonly string[]> {
    const { backend } = this.connected;
    return this.lists.get(
      JSON.stringify([windowKey(window), name]),
      async (signal) => (await backend.listLanguageValues?.(name, { signal, ...(window && { window }) })) ?? []
    );
  }
}
