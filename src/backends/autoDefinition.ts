import type { BackendCapabilities } from '../query/capabilities';
import { AutoBackend } from './AutoBackend';
import type { BackendDefinition } from './backend';

/** Stored as the backend of a data source that finds out which store answers; a missing choice means the same. */
export const AUTO_BACKEND = 'auto';

export interface AutoDefinition extends BackendDefinition {
  create(jsonData: unknown, http: Parameters<BackendDefinition['create']>[1]): AutoBackend;
}

/**
 * A store that is still to be found out: it is assumed to be capable of whatever any of the stores is, so that nothing is
 * hidden or refused that might work.
 */
export function autoDefinition(definitions: readonly BackendDefinition[]): AutoDefinition {
  return {
    id: AUTO_BACKEND,
    label: 'the trace store',
    description: `Asks the server whether it is ${listInWords(definitions.map(({ label }) => label))}.`,
    exampleUrl: definitions[0].exampleUrl,
    capabilities: definitions.map(({ capabilities }) => capabilities).reduce(widest),
    settingsFields: [],
    readSettings: (jsonData) => jsonData,
    create: (jsonData, http) => new AutoBackend(definitions, jsonData, http),
    dialects: definitions.flatMap(({ dialects }) => dialects ?? []),
  };
}

/**
 * The backend that is meant where none is chosen: that whose own settings were changed, since nobody sets how to talk to a
 * store that is still to be found out; undefined otherwise.
 */
export function definitionMeant(
  definitions: readonly BackendDefinition[],
  jsonData: unknown
): BackendDefinition | undefined {
  const saved = new Map(Object.entries(Object(jsonData)));
  const [meant, ...others] = definitions.filter(({ settingsFields }) =>
    settingsFields.some(({ key, options, defaultValue }) => {
      const stored = saved.get(key);
      return stored !== defaultValue && options.some(({ value }) => value === stored);
    })
  );
  return others.length === 0 ? meant : undefined;
}

const SEARCHES: ReadonlyArray<BackendCapabilities['search']> = ['none', 'needs-service', 'any'];

function widest(a: BackendCapabilities, b: BackendCapabilities): BackendCapabilities {
  return {
    search: SEARCHES[Math.max(SEARCHES.indexOf(a.search), SEARCHES.indexOf(b.search))],
    attributeOperators: [...new Set([...a.attributeOperators, ...b.attributeOperators])],
    repeatedKeys: a.repeatedKeys || b.repeatedKeys,
    durationRange: a.durationRange || b.durationRange,
    statusFilter: a.statusFilter || b.statusFilter,
    remoteServices: a.remoteServices || b.remoteServices,
    // No capability but a habit: names are left as they are written until it is known.
    lowerCaseNames: a.lowerCaseNames && b.lowerCaseNames,
    queryLanguage: a.queryLanguage ?? b.queryLanguage,
    spanNames: a.spanNames || b.spanNames,
    attributeCatalogue: a.attributeCatalogue || b.attributeCatalogue,
    dependencies: a.dependencies || b.dependencies,
    timeSeries: a.timeSeries || b.timeSeries,
    rawTraces: a.rawTraces || b.rawTraces,
    traceWindow: a.traceWindow || b.traceWindow,
  } satisfies Required<{ [key in keyof BackendCapabilities]: unknown }> as BackendCapabilities;
}

function listInWords(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`;
}
