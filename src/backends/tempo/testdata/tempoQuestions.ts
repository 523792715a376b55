import { NANOS_PER_SECOND } from '../../../model/time';
import type { SearchResult } from '../../backend';
import { question, type Question } from '../../contract/questions';
import { STORIES, STORY_TIME_NANO } from '../../contract/stories';

const SECOND = BigInt(NANOS_PER_SECOND);
const window = { fromUnixNano: STORY_TIME_NANO - 600n * SECOND, toUnixNano: STORY_TIME_NANO + 7_200n * SECOND };

function search(name: string, text: string, finds: readonly string[], matches: number): Question {
  return question<SearchResult>({
    name: `traceql-${name}`,
    group: 'search',
    ask: (backend, context) => backend.searchByLanguage?.({ text, limit: 20, window }, context) ?? none(),
    check: ({ summaries }) => {
      expect(summaries.map(({ traceId }) => traceId)).toEqual(finds);
      expect(summaries.flatMap(({ matches }) => matches?.spans ?? [])).toHaveLength(matches);
    },
  });
}

function list(name: string, ask: Question['ask'], holds: readonly unknown[]): Question {
  return question<readonly unknown[]>({
    name,
    group: 'lists',
    ask: (backend, context) => ask(backend, context) as Promise<readonly unknown[]>,
    check: (answer) => {
      expect(answer).toEqual(expect.arrayContaining([...holds]));
      expect(new Set(answer.map((each) => JSON.stringify(each))).size).toBe(answer.length);
    },
  });
}

/** What only Tempo is asked. */
export const TEMPO_QUESTIONS: readonly Question[] = [
  search('conditions', '{ resource.service.name = "pay" && status = error }', [STORIES.checkout.traceId], 1),
  search('structure', '{ name = "POST /pay" && kind = client } >> { name = "settle" }', [STORIES.checkout.traceId], 1),
  search('of-nothing', '{ name = "nobody calls this" }', [], 0),
  list('attribute-keys', (backend, context) => backend.listAttributeKeys?.(context) ?? none(), [
    { key: 'attempt', scope: 'span' },
    { key: 'host.name', scope: 'resource' },
  ]),
  list(
    'attribute-values',
    (backend, context) => backend.listAttributeValues?.({ key: 'attempt', scope: 'span', window }, context) ?? none(),
    ['1', '2']
  ),
  list('traceql-names', (backend, context) => backend.listLanguageNames?.(context) ?? none(), [
    'span.attempt',
    'resource.host.name',
    'status',
  ]),
  list('traceql-values', (backend, context) => backend.listLanguageValues?.('resource.host.name', context) ?? none(), [
    '"node-1"',
    '"node-2"',
  ]),
];

function none(): never {
  throw new Error('The backend has no such method.');
}
