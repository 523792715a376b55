import { readChoices } from './choices';
import type { SearchQuery } from './query';
import { parseSearchText } from './searchText';
import { literalVariable, type IsWritten } from './variableText';

/** The first `$name` that a search keeps as it stands, since the names of services may hold dollar signs. */
export function literalInSearch(query: SearchQuery, isWritten: IsWritten): string | undefined {
  const { service, operation, remoteService, tags = '', filters = [] } = query;
  const names = [service, operation, remoteService].flatMap(readChoices);
  const conditions = [...parseSearchText(tags).filters, ...filters].flatMap(({ key, value }) => [key, value]);
  return [...names, ...conditions].map((text) => literalVariable(text, isWritten)).find(Boolean);
}
