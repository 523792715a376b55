import { formatChoices } from './choices';
import { queryOfSide, sideOf, type Side } from './compare';
import { convertTraceText } from './convertTraceText';
import { expandVariables, type ReplaceVariables } from './expandVariables';
import { interpolateFilter, interpolateFilters } from './interpolateFilters';
import type {
  AttributeFilter,
  CompareQuery,
  ComparedTraces,
  LanguageQuery,
  SearchQuery,
  TraceQuery,
  UnsupportedQuery,
} from './query';
import { formatSearchText, parseSearchText } from './searchText';
import { nextWord, skipSpace } from './searchWords';
import { splitTexts } from './traceqlText';
import { hasVariable } from './variableText';
import type { ViewFields } from './views';

/**
 * Replaces variables in every text of a query. What several values of one variable mean is told in
 * docs/filters-and-variables.md; in a field that takes one they make the query `unsupported` with a sentence.
 */
export function interpolateQuery(query: TraceQuery, replace: ReplaceVariables): TraceQuery {
  const field = new FieldReplacer(replace);
  const interpolated = interpolateFields(query, field);
  return field.refusal === undefined ? interpolated : refuse(query, field.refusal);
}

/**
 * The same for a query that is handed over to where its variables are unknown, as Grafana does on "Explore" from a panel:
 * a field whose variable has several values stays as written, so that nothing else of the query is lost.
 */
export function interpolateForHandover(query: TraceQuery, replace: ReplaceVariables): TraceQuery {
  return interpolateFields(query, new FieldReplacer(replace));
}

function interpolateFields(query: TraceQuery, field: FieldReplacer): TraceQuery {
  switch (query.queryType) {
    case 'traceql': {
      const text = field.text('Trace ID', query.query);
      const replaced = {
        ...query,
        query: text,
        ...field.window(query),
        ...field.view(query),
        ...defined({
          rootSpanId: field.optional('Root span', query.rootSpanId),
          spanId: field.optional('Span', query.spanId),
        }),
      };
      // The value of a variable may be any spelling of an id, as text typed into the field may.
      const converted = convertTraceText(text, replaced);
      return converted ? { ...identity(query), ...converted } : replaced;
    }
    case 'search': {
      const { tags, filters } = interpolateConditions(query, field);
      const { filters: written, ...rest } = query;
      return {
        ...rest,
        ...defined({
          service: field.choices(query.service),
          operation: field.choices(query.operation),
          remoteService: field.optional('Remote service', query.remoteService),
          status: field.choices(query.status),
          tags,
          filters,
          minDuration: field.optional('Min duration', query.minDuration),
          maxDuration: field.optional('Max duration', query.maxDuration),
          limit: typeof query.limit === 'string' ? field.text('Limit', query.limit) : query.limit,
        } satisfies Partial<SearchQuery>),
        ...field.window(query),
        ...field.view(query),
      };
    }
    case 'language':
      return {
        ...query,
        query: interpolateTraceql(query.query, field),
        ...defined({
          limit: typeof query.limit === 'string' ? field.text('Limit', query.limit) : query.limit,
          spss: typeof query.spss === 'string' ? field.text('Spans per trace', query.spss) : query.spss,
          exemplars: typeof query.exemplars === 'string' ? field.text('Exemplars', query.exemplars) : query.exemplars,
          step: field.optional('Step', query.step),
        } satisfies Partial<LanguageQuery>),
      };
    case 'document':
      // Not the text: what looks like a variable there is what somebody's spans say.
      return {
        ...query,
        ...field.view(query),
        ...defined({
          query: field.optional('Trace ID', query.query),
          rootSpanId: field.optional('Root span', query.rootSpanId),
          spanId: field.optional('Span', query.spanId),
        }),
      };
    case 'compare':
      return {
        ...query,
        baseline: interpolateSide(query, 'baseline', field),
        comparison: interpolateSide(query, 'comparison', field),
        ...defined({ view: field.optional('View', query.view) }),
      };
    case 'serviceGraph':
      return {
        ...query,
        ...defined({
          service: field.choices(query.service),
          source: field.optional('Source', query.source),
          view: field.optional('View', query.view),
          hops: typeof query.hops === 'string' ? field.text('Hops', query.hops) : query.hops,
        }),
      };
    case 'metrics':
      return {
        ...query,
        ...defined({
          services: field.list(query.services),
          operation: field.choices(query.operation),
          quantiles: field.list(query.quantiles),
          spanKinds: field.list(query.spanKinds),
          metric: field.optional('Metric', query.metric),
          groupBy: field.optional('Group by', query.groupBy),
          step: field.optional('Step', query.step),
          source: field.optional('Source', query.source),
        }),
      };
    case 'unsupported':
      return query;
  }
}

function interpolateSide(query: CompareQuery, side: Side, field: FieldReplacer): ComparedTraces {
  const traces = query[side];
  const interpolated = interpolateFields(queryOfSide(query, side), field);
  // The value of a variable may be an address that no side can be: it stays, to be refused as what it is.
  const isTraces = interpolated.queryType === 'traceql' || interpolated.queryType === 'search';
  const replaced = isTraces ? sideOf(interpolated) : traces;
  return traces.queryType === 'search' && replaced.queryType === 'search'
    ? { ...replaced, ...defined({ earlierBy: field.optional('Earlier by', traces.earlierBy) }) }
    : replaced;
}

/** Both ways of writing attribute filters. Several values of a tag become a row, as logfmt has no word for them. */
function interpolateConditions(query: SearchQuery, field: FieldReplacer): Pick<SearchQuery, 'tags' | 'filters'> {
  const rows: AttributeFilter[] = [];
  const tags = query.tags === undefined ? undefined : interpolateSearchText(query.tags, field, rows);
  const filters = query.filters && interpolateFilters(query.filters, field);
  return { tags, filters: filters || rows.length > 0 ? [...rows, ...(filters ?? [])] : undefined };
}

/**
 * Replaces word by word, so that a value with spaces or quotes stays one value. A word that is a variable alone may hold
 * whole filters (`$filters` → `error=true retries=3`), so its value is taken as filter text. Words that a variable makes
 * into one of several values go to `rows`.
 */
function interpolateSearchText(text: string, field: FieldReplacer, rows: AttributeFilter[]): string {
  if (!hasVariable(text)) {
    return text;
  }
  const words: string[] = [];
  const add = (filter: AttributeFilter) => {
    const replaced = interpolateFilter(filter, field);
    if (replaced.operator === '=') {
      words.push(formatSearchText([replaced]));
    } else {
      rows.push(replaced);
    }
  };
  if (text.trimStart().startsWith('{')) {
    // A JSON object: replaced filter by filter for the same reason.
    const { filters, problems } = parseSearchText(text);
    if (problems.length > 0) {
      return field.text('Tags', text);
    }
    filters.forEach(add);
    return words.join(' ');
  }
  for (let at = skipSpace(text, 0); at < text.length;) {
    const word = nextWord(text, at);
    const written = text.slice(at, word.end);
    if (!hasVariable(written)) {
      words.push(written);
    } else if (!word.hasValue || word.unclosedQuote || word.trailing !== '') {
      words.push(field.text('Tags', written));
    } else {
      add({ key: word.key, operator: '=', value: word.value });
    }
    at = skipSpace(text, word.end);
  }
  return words.join(' ');
}

/**
 * Inside quotes a value is escaped, and several become the alternatives of a pattern (`=~ "$service"`), as Grafana's
 * Tempo source has it; elsewhere there is room for one.
 */
function interpolateTraceql(traceql: string, field: FieldReplacer): string {
  return splitTexts(traceql)
    .map(({ text, isQuoted }) => (isQuoted ? field.quoted(text) : field.text('TraceQL', text)))
    .join('');
}

/** Replaces in fields that take one value, and remembers the first that got several. */
class FieldReplacer {
  refusal: string | undefined = undefined;

  constructor(readonly replace: ReplaceVariables) {}

  /** Of a field that means each of several values. */
  choices(text: string | undefined): string | undefined {
    return text === undefined || !hasVariable(text) ? text : formatChoices(expandVariables(text, this.replace).texts);
  }

  text(label: string, text: string): string {
    if (!hasVariable(text)) {
      return text;
    }
    let hasSeveral = false;
    const replaced = this.replace(text, (value) => {
      const values = (Array.isArray(value) ? value : [value]).map((one) => String(one ?? ''));
      if (values.length > 1) {
        hasSeveral = true;
        this.refusal ??=
          `${label} takes one value, but the variable in “${text}” holds ${values.length} ` +
          `(${shortList(values)}). Choose one value of the variable.`;
      }
      return values[0] ?? '';
    });
    return hasSeveral ? text : replaced;
  }

  optional(label: string, text: string | undefined): string | undefined {
    return text === undefined ? undefined : this.text(label, text);
  }

  /** A text in double quotes, with them. */
  quoted(text: string): string {
    return hasVariable(text) ? this.replace(text, quotedValue) : text;
  }

  /** A variable in a list may bring several entries. */
  list(texts: readonly string[] | undefined): readonly string[] | undefined {
    return texts?.flatMap((text) => (hasVariable(text) ? this.entries(text) : [text]));
  }

  view(query: ViewFields): ViewFields {
    return defined({
      view: this.optional('View', query.view),
      groupBy: this.list(query.groupBy),
      columns: this.list(query.columns),
    });
  }

  private entries(text: string): string[] {
    const joined = this.replace(text, (value) => (Array.isArray(value) ? value : [value ?? '']).join(','));
    return joined
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '');
  }

  window(query: { readonly fromMs?: string | number; readonly toMs?: string | number }): {
    fromMs?: string | number;
    toMs?: string | number;
  } {
    return defined({
      fromMs: typeof query.fromMs === 'string' ? this.text('Time range', query.fromMs) : query.fromMs,
      toMs: typeof query.toMs === 'string' ? this.text('Time range', query.toMs) : query.toMs,
    });
  }
}

function quotedValue(value: unknown): string {
  const values = (Array.isArray(value) ? value : [value]).map((one) => String(one ?? ''));
  const pattern =
    values.length > 1 ? values.map((one) => one.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|') : (values[0] ?? '');
  return JSON.stringify(pattern).slice(1, -1);
}

function shortList(values: readonly string[]): string {
  const shown = values.slice(0, 3).join(', ');
  return values.length > 3 ? `${shown}, …` : shown;
}

function refuse(query: TraceQuery, reason: string): UnsupportedQuery {
  return { ...identity(query), queryType: 'unsupported', reason };
}

function identity({ refId, key, hide, datasource, schemaVersion }: TraceQuery) {
  return defined({ refId, key, hide, datasource, schemaVersion });
}

/** The same without keys whose value is undefined: a saved query must not change by being read. */
function defined<TRecord extends object>(record: TRecord): TRecord {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as TRecord;
}
