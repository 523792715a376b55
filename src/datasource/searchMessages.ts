/** What is said about a search that took more than one request, or more than the server could do. */

/** What the requests of one search differ in. */
export type SearchUnit = 'services' | 'operations' | 'searches';

/** `12 of 40 services`; where each service is searched for each operation, `12 of 80 searches, …`. */
function countOfSearches(count: number, all: number, unit: SearchUnit): string {
  return `${count} of ${all} ${unit}${unit === 'searches' ? ', one for each operation of each service,' : ''}`;
}

export function searchProgressSentence(searched: number, all: number, unit: SearchUnit): string {
  const verb = unit === 'searches' ? ' made' : ' searched';
  return `${countOfSearches(searched, all, unit)}${verb}: what is shown is not complete yet.`;
}

export function allServicesSentence(product: string, searched: number, known: number): string {
  return searched < known
    ? `${product} searches one service at a time, and ${known} services are more than one search asks for: only the first ${searched} by name were searched. Choose a service.`
    : `${product} searches one service at a time, so each of its ${known} services was searched.`;
}

export function chooseServiceSentence(product: string): string {
  return `${product} searches one service at a time: choose a service. To search all of them, one by one, set a limit or any other condition.`;
}

export function unsearchedServicesSentence(searched: number, wanted: number): string {
  return `Only the first ${searched} of ${wanted} searches were made: each service, with each operation, is one. Choose fewer.`;
}

export function failedSearchesSentence(failed: number, wanted: number, unit: SearchUnit, reason: string): string {
  const verb = unit === 'searches' ? ' failed' : ' could not be searched';
  return `${countOfSearches(failed, wanted, unit)}${verb}, so their traces may be missing here: ${reason}`;
}

export function filteredHereSentence(filters: string, fetched: number, matching: number): string {
  const traces = fetched === 1 ? '1 fetched trace' : `${fetched} fetched traces`;
  return `Applied here, to ${traces}: ${filters}. ${matching} ${matching === 1 ? 'matches' : 'match'}.`;
}

export function moreToFilterSentence(): string {
  return 'There are more traces than were fetched, so matches may be missing: raise the limit, narrow the time range, or add a condition that the server applies.';
}

export function noServicesSentence(product: string): string {
  return `${product} searches one service at a time and lists none yet, so there is nothing to search. Send it traces, or type the name of a service.`;
}

export function literalSentence(variable: string): string {
  return `“${variable}” was searched for as it stands: no variable has that name here.`;
}
