import { shortened } from './shortened';
import { unresolved, unresolvedNames } from './unresolved';
import type { QueryProblem } from './validate';
import type { IsWritten } from './variableText';
import { MAX_GROUP_KEYS, type ViewFields } from './views';

export function viewProblem(
  query: ViewFields,
  of: string,
  views: readonly string[],
  isWritten: IsWritten
): QueryProblem[] {
  const variables = unresolved(query, ['view'], isWritten);
  const message = `“${shortened(query.view ?? '')}” is not a view of ${of}. Choose one of these: ${views.join(', ')}.`;
  return variables.length > 0 ? variables : [{ field: 'view', message }];
}

/** What a view does not read cannot be wrong with it. */
export function viewFieldProblems(fields: ViewFields, view: string, isWritten: IsWritten): QueryProblem[] {
  const { groupBy = [] } = fields;
  switch (view) {
    case 'statistics':
      return groupBy.length > MAX_GROUP_KEYS
        ? [
            {
              field: 'groupBy',
              message: `Statistics group by ${MAX_GROUP_KEYS} keys at most, not by ${groupBy.length}.`,
            },
          ]
        : unresolvedNames(fields, ['groupBy'], isWritten);
    case 'spans':
      return unresolvedNames(fields, ['columns'], isWritten);
    default:
      return [];
  }
}
