import type { BackendCapabilities } from './capabilities';
import { readLimit } from './compileRequest';
import { parseDurationText } from './durationText';
import type { LanguageQuery } from './query';
import { hasVariable } from './variableText';
import type { QueryProblem } from './validate';

/** What is wrong around a text of the store's language; what is wrong in it, the editor and the server know. */
export function validateLanguage(query: LanguageQuery, { queryLanguage }: BackendCapabilities): QueryProblem[] {
  if (queryLanguage === undefined) {
    return [{ field: 'queryType', message: 'This server does not speak TraceQL. Use the search form.' }];
  }
  const problems: QueryProblem[] = [];
  if (query.query.trim() === '') {
    problems.push({ field: 'query', message: 'Write TraceQL, such as { status = error }.' });
  }
  for (const [field, what] of COUNTS) {
    if (Number.isNaN(readLimit(query[field])) && !hasVariable(String(query[field]))) {
      problems.push({ field, message: `${what} is a whole number, at least 1.` });
    }
  }
  const step = query.step?.trim() ?? '';
  const parsed = parseDurationText(step);
  if (step !== '' && 'problem' in parsed && !hasVariable(step)) {
    problems.push({ field: 'step', message: parsed.problem });
  }
  return problems;
}

const COUNTS = [
  ['limit', 'The limit of traces'],
  ['spss', 'The number of spans per trace'],
  ['exemplars', 'The number of exemplars'],
] as const;
