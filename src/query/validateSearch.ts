import type { BackendCapabilities } from './capabilities';
import { readChoices } from './choices';
import { readLimit } from './compileRequest';
import { isStatus } from './compileSearch';
import { parseDurationText } from './durationText';
import { filterProblem } from './filterRows';
import type { AttributeFilter, SearchQuery } from './query';
import { parseSearchText } from './searchText';
import { shortened } from './shortened';
import { noValue, unresolved, unresolvedNames } from './unresolved';
import type { QueryField, QueryProblem } from './validate';
import { viewFieldProblems, viewProblem } from './validateViews';
import { firstVariableInName, type IsWritten } from './variableText';
import { readSearchView, SEARCH_VIEWS } from './views';

export function validateSearch(
  query: SearchQuery,
  capabilities: BackendCapabilities,
  isWritten: IsWritten
): readonly QueryProblem[] {
  if (capabilities.search === 'none') {
    return [{ field: 'queryType', message: 'This server cannot search. Look a trace up by its ID.' }];
  }
  const problems = [...unresolvedNames(query, NAME_FIELDS, isWritten), ...unresolved(query, SEARCH_FIELDS, isWritten)];
  const add = (field: QueryField, message: string | undefined) => {
    // One sentence for each field: an unresolved variable already explains why the rest of it makes no sense.
    if (message !== undefined && !problems.some((problem) => problem.field === field)) {
      problems.push({ field, message });
    }
  };
  add('remoteService', remoteServiceProblem(query, capabilities));
  add('tags', tagsProblem(query.tags ?? '', isWritten));
  add('filters', filtersProblem(query.filters ?? [], isWritten));
  add('status', statusProblem(query.status));
  const view = readSearchView(query);
  problems.push(
    ...(view === undefined
      ? viewProblem(query, 'a search', SEARCH_VIEWS, isWritten)
      : viewFieldProblems(query, view, isWritten))
  );
  for (const field of ['minDuration', 'maxDuration'] as const) {
    add(field, durationProblem(query[field] ?? '', capabilities));
  }
  add('maxDuration', orderProblem(query));
  add('limit', Number.isNaN(readLimit(query.limit)) ? LIMIT_PROBLEM : undefined);
  return problems;
}

const LIMIT_PROBLEM = 'The limit is a whole number of traces, at least 1.';

/** Which hold what the services were named by their authors. */
const NAME_FIELDS = ['service', 'operation', 'remoteService'] as const satisfies ReadonlyArray<
  QueryField & keyof SearchQuery
>;

const SEARCH_FIELDS = [
  'status',
  'minDuration',
  'maxDuration',
  'limit',
  'fromMs',
  'toMs',
] as const satisfies ReadonlyArray<QueryField & keyof SearchQuery>;

function remoteServiceProblem({ remoteService }: SearchQuery, capabilities: BackendCapabilities): string | undefined {
  return remoteService?.trim() && !capabilities.remoteServices
    ? 'This store cannot search by the service at the other end of a call. Leave the field empty.'
    : undefined;
}

function tagsProblem(tags: string, isWritten: IsWritten): string | undefined {
  const { filters, problems } = parseSearchText(tags);
  const variable = filters.map((filter) => variableInFilter(filter, isWritten)).find(Boolean);
  if (variable !== undefined) {
    return noValue(variable);
  }
  const [problem] = problems;
  return problem && `At “${shortened(problem.word)}”: ${problem.message}`;
}

function filtersProblem(filters: readonly AttributeFilter[], isWritten: IsWritten): string | undefined {
  for (const filter of filters) {
    const variable = variableInFilter(filter, isWritten);
    const problem = variable === undefined ? filterProblem(filter) : noValue(variable);
    if (problem !== undefined) {
      return problem;
    }
  }
  return undefined;
}

function variableInFilter({ key, value }: AttributeFilter, isWritten: IsWritten): string | undefined {
  return firstVariableInName(key, isWritten) ?? firstVariableInName(value, isWritten);
}

function statusProblem(status: string | undefined): string | undefined {
  const unknown = readChoices(status).find((choice) => !isStatus(choice));
  return unknown === undefined ? undefined : `“${shortened(unknown)}” is no status. Choose ok, error or unset.`;
}

function durationProblem(text: string, { durationRange }: BackendCapabilities): string | undefined {
  if (text.trim() === '') {
    return undefined;
  }
  if (!durationRange) {
    return 'This server cannot search by duration. Leave the field empty.';
  }
  const parsed = parseDurationText(text);
  return 'problem' in parsed ? parsed.problem : undefined;
}

function orderProblem({ minDuration, maxDuration }: SearchQuery): string | undefined {
  const min = parseDurationText(minDuration ?? '');
  const max = parseDurationText(maxDuration ?? '');
  return 'value' in min && 'value' in max && min.value > max.value
    ? `The longest duration (${maxDuration}) is shorter than the shortest (${minDuration}), so nothing can match.`
    : undefined;
}
