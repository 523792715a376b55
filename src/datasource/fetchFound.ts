import type { SearchResult } from '../backends/backend';
import { lookupWindows } from '../frames/searchFrame';
import { displayTraceId } from '../model/ids';
import type { TraceSummary } from '../model/summary';
import { unixNanoFromMillis } from '../model/time';
import type { Trace } from '../model/trace';
import type { Run } from './run';

/** How the whole trace behind a search result is fetched: bounded in time where that helps the store. */
export function fetchFound(found: SearchResult, run: Run): (summary: TraceSummary) => Promise<Trace> {
  const { backend, definition, learned } = run.connected;
  const windows = lookupWindows(found.summaries);
  return async (summary) => {
    const window = windows.get(displayTraceId(summary.traceId));
    const bounds =
      window === undefined || !definition.capabilities.traceWindow
        ? undefined
        : { fromUnixNano: unixNanoFromMillis(window.fromMs), toUnixNano: unixNanoFromMillis(window.toMs) };
    const trace = await backend.fetchTrace(
      { traceId: summary.traceId, ...(bounds && { window: bounds }) },
      run.context
    );
    learned.observe([trace]);
    return trace;
  };
}
