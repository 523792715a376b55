import type { SearchResult } from '../backends/backend';
import type { Notice } from '../model/notice';
import type { TraceSummary } from '../model/summary';
import type { Trace } from '../model/trace';

/** The answers of several searches as one: each trace once, newest first, at most `limit`. */
export class MergedSearch {
  private readonly summaryById = new Map<string, TraceSummary>();
  private readonly traceById = new Map<string, Trace>();
  private readonly noticeByText = new Map<string, Notice>();
  private isLimited = false;

  constructor(private readonly limit: number) {}

  add(found: SearchResult): void {
    for (const summary of found.summaries) {
      const known = this.summaryById.get(summary.traceId);
      // A trace may still be arriving between two answers: the larger one is the later one.
      if (!known || (known.spanCount ?? 0) < (summary.spanCount ?? 0)) {
        this.summaryById.set(summary.traceId, summary);
      }
    }
    for (const trace of found.traces ?? []) {
      const known = this.traceById.get(trace.traceId);
      if (!known || known.spans.length < trace.spans.length) {
        this.traceById.set(trace.traceId, trace);
      }
    }
    found.notices.forEach((notice) => this.noticeByText.set(notice.text, notice));
    this.isLimited ||= found.isLimited;
    this.dropOldest();
  }

  result(): SearchResult {
    const traces = [...this.traceById.values()];
    return {
      summaries: this.newestFirst(),
      isLimited: this.isLimited,
      notices: [...this.noticeByText.values()],
      ...(traces.length > 0 && { traces }),
    };
  }

  /** Whole traces of forty services would be held for nothing. */
  private dropOldest(): void {
    for (const { traceId } of this.newestFirst().slice(this.limit)) {
      this.summaryById.delete(traceId);
      this.traceById.delete(traceId);
      this.isLimited = true;
    }
  }

  private newestFirst(): TraceSummary[] {
    return [...this.summaryById.values()].sort((a, b) =>
      a.startUnixNano === b.startUnixNano
        ? a.traceId < b.traceId
          ? -1
          : 1
        : a.startUnixNano < b.startUnixNano
          ? 1
          : -1
    );
  }
}
