import { traceToText } from '../../../../testkit/traceToText';
import { fromMillis } from '../../../model/time';
import type { Trace } from '../../../model/trace';
import type { SearchRequest, SearchResult } from '../../backend';
import { expectLaws } from '../../contract/laws';
import { question, type Question } from '../../contract/questions';

/** `b3Spans.json`: a call whose halves share an id, a late part of one of them, a message, addresses, annotations. */
const B3_TRACE_ID = 'b3f0c9a1d2e3f4051627384950617283';
const HOUR = 3_600_000_000_000n;
const AROUND = { fromUnixNano: 1_772_372_400_000_000_000n - HOUR / 12n, toUnixNano: 1_772_372_400_000_000_000n + HOUR };

const B3_DRAWING = `
= b3-web {service.name="b3-web" host.ip=["10.0.0.5"] network.local.port=8080}
= b3-users {service.name="b3-users" host.ip=["10.0.0.9"]}
b3-web    get /basket    [0--------------------90]       server {environment="prod" http.method="GET" network.peer.address="2001:db8::c001" network.peer.port=51000 zipkin.debug=true}
b3-web      get /user       [10-----------70]            client {http.path="/user" peer.service="b3-users" network.peer.address="10.0.0.9" network.peer.port=9000}
            @12 connection.reused
            @69 "flushed late"
b3-web        encode        [11--11.5]                   internal
b3-users      get /user       [20-------60]              server !"user is locked" {environment="prod"}
b3-users        query           [25--35]                 client {peer.service="b3-mysql" network.peer.address="10.0.0.20" network.peer.port=3306}
b3-web      send                              [80]       producer {environment="staging" peer.service="kafka"}
            % The store knows no duration of this span; it is shown with a duration of 0.
b3-mail       receive                          [85--92]  consumer {peer.service="kafka"}`;

function lookup(): Question {
  return question<Trace>({
    name: 'trace-b3',
    group: 'traces',
    ask: (backend, context) => backend.fetchTrace({ traceId: B3_TRACE_ID }, context),
    check: (trace) => {
      expectLaws(trace);
      expect(traceToText(trace, { attributes: true })).toBe(B3_DRAWING.trim());
    },
  });
}

function search(name: string, asks: Partial<SearchRequest>, isFound: boolean): Question {
  return question<SearchResult>({
    name: `search-${name}`,
    group: 'search',
    ask: (backend, context) => backend.searchTraces({ attributes: [], limit: 20, window: AROUND, ...asks }, context),
    check: ({ summaries }) => expect(summaries.map(({ traceId }) => traceId)).toEqual(isFound ? [B3_TRACE_ID] : []),
  });
}

function list(
  name: string,
  ask: Question['ask'],
  expected: readonly unknown[],
  part: Partial<Question> = {}
): Question {
  return question<unknown>({ ...part, name, group: 'lists', ask, check: (answer) => expect(answer).toEqual(expected) });
}

const hasTag = (key: string): SearchRequest['attributes'] => [{ key, operator: 'exists', value: '' }];

const isConfigured: Pick<Question, 'isPossible'> = { isPossible: ({ attributeCatalogue }) => attributeCatalogue };

/** What only Zipkin is asked. */
export const ZIPKIN_QUESTIONS: readonly Question[] = [
  lookup(),
  search('remote-service', { service: 'b3-web', remoteService: 'b3-users' }, true),
  search('remote-service-of-another', { service: 'b3-web', remoteService: 'b3-mysql' }, false),
  search('remote-service-of-anyone', { remoteService: 'b3-mysql' }, true),
  search('annotation', { attributes: hasTag('connection.reused') }, true),
  search('tag-exists', { attributes: hasTag('http.path') }, true),
  search('tag-does-not-exist', { service: 'b3-mail', attributes: hasTag('http.path') }, false),
  search(
    'error-with-a-message',
    { service: 'b3-users', attributes: [{ key: 'error', operator: '=', value: 'true' }] },
    true
  ),
  search('longest-duration-alone', { service: 'b3-mail', maxDuration: fromMillis(7) }, true),
  search('names-in-upper-case', { service: 'B3-Users', spanName: 'GET /User' }, true),
  list('remote-services', (backend, context) => backend.listRemoteServices?.('b3-web', context) ?? none(), [
    'b3-users',
    'kafka',
  ]),
  list(
    'remote-services-of-nobody',
    (backend, context) => backend.listRemoteServices?.('nobody', context) ?? none(),
    []
  ),
  list(
    'attribute-keys',
    (backend, context) => backend.listAttributeKeys?.(context) ?? none(),
    [{ key: 'environment' }, { key: 'region' }],
    isConfigured
  ),
  list(
    'attribute-values',
    (backend, context) => backend.listAttributeValues?.({ key: 'environment' }, context) ?? none(),
    ['prod', 'staging'],
    isConfigured
  ),
  list(
    'attribute-values-of-nothing',
    (backend, context) => backend.listAttributeValues?.({ key: 'region' }, context) ?? none(),
    [],
    isConfigured
  ),
];

function none(): never {
  throw new Error('The backend has no such method.');
}
