import type { BackendCapabilities } from './capabilities';
import type { SearchQuery, TraceQuery } from './query';
import { validateQuery } from './validate';
import { writtenIn } from './variableText';

const ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const OTHER = '0af7651916cd43dd8448eb211c80319c';

const everything: BackendCapabilities = {
  search: 'any',
  attributeOperators: ['='],
  durationRange: true,
  spanNames: true,
  attributeCatalogue: false,
  dependencies: true,
  timeSeries: false,
  rawTraces: true,
  traceWindow: true,
};

const lookup = (query: string): TraceQuery => ({ refId: 'A', queryType: 'traceql', query });
const search = (fields: Partial<SearchQuery>): TraceQuery => ({ refId: 'A', queryType: 'search', ...fields });

test.each<[string, TraceQuery]>([
  ['an id', lookup(ID)],
  ['an empty search', search({})],
  [
    'a full search',
    search({
      service: 'shop',
      operation: 'GET',
      tags: 'error q="SELECT $1"',
      minDuration: '1ms',
      maxDuration: '1ms',
      limit: '20',
    }),
  ],
  ['a service graph', { refId: 'A', queryType: 'serviceGraph', service: 'shop' }],
  [
    'a search for names with dollar signs',
    search({
      service: '{pay$roll,shop}',
      operation: 'Outer$Inner.run',
      tags: 'm="SELECT $total" pay$key=1',
      filters: [{ key: 'a$b', operator: '=~', value: 'SELECT.*$total' }],
    }),
  ],
  ['a graph around one', { refId: 'A', queryType: 'serviceGraph', service: 'pay$roll' }],
  ['spans with one as a column', search({ view: 'spans', columns: ['app$tier'] })],
])('%s has no problem', (_name, query) => {
  expect(validateQuery(query, everything)).toEqual([]);
});

it('a remote service is for stores that search by it', () => {
  const query = search({ service: 'shop', remoteService: 'bank' });
  expect(validateQuery(query, { ...everything, remoteServices: true })).toEqual([]);
  expect(validateQuery(query, everything)).toEqual([
    {
      field: 'remoteService',
      message: 'This store cannot search by the service at the other end of a call. Leave the field empty.',
    },
  ]);
  const unknown = search({ remoteService: '$nobody' });
  expect(validateQuery(unknown, { ...everything, remoteServices: true }).map(({ field }) => field)).toEqual([
    'remoteService',
  ]);
});

test.each<[TraceQuery, string, string]>([
  [lookup(' '), 'query', 'Enter a trace ID.'],
  [lookup('${id}'), 'query', 'The variable ${id} has no value here. Define it, or write the value itself.'],
  [lookup('[[id]]'), 'query', 'The variable [[id]] has no value here. Define it, or write the value itself.'],
  ...['{{traceId}}', '{{ .trace_id }}', '<traceId>', '${traceId'].map((text): [TraceQuery, string, string] => [
    lookup(text),
    'query',
    `“${text}” is a placeholder: the link that led here did not fill it in. Correct the template of the link, or enter a trace ID.`,
  ]),
  [lookup('hello'), 'query', '“hello” is not a trace ID, which is up to 32 of the digits 0-9 and a-f.'],
  [lookup(`${ID}0`), 'query', `“${ID}0” is too long for a trace ID: it has 33 digits, a trace ID at most 32.`],
  [
    lookup(`trace_id=${ID} trace_id=${OTHER}`),
    'query',
    `This text holds 2 trace IDs (${ID}, ${OTHER}). Keep one of them.`,
  ],
  [
    lookup('0X00'),
    'query',
    'A trace ID of zeros means that there is no trace: the log line was written outside of one.',
  ],
  [
    lookup('0'.repeat(32)),
    'query',
    'A trace ID of zeros means that there is no trace: the log line was written outside of one.',
  ],
  [
    search({ service: '$service' }),
    'service',
    'The variable $service has no value here. Define it, or write the value itself.',
  ],
  [search({ tags: 'a=$x' }), 'tags', 'The variable $x has no value here. Define it, or write the value itself.'],
  [
    search({ tags: 'ok=1 code>500' }),
    'tags',
    'At “code>500”: Write name=value: “>” does not separate a name from its value here.',
  ],
  [search({ filters: [{ key: 'a', operator: '=~', value: '(' }] }), 'filters', '“(” is not a regular expression.'],
  [
    search({
      filters: [
        { key: 'a', operator: '=', value: '1' },
        { key: 'b', operator: '!=', value: '$b' },
      ],
    }),
    'filters',
    'The variable $b has no value here. Define it, or write the value itself.',
  ],
  [
    search({ service: '{shop,$other}' }),
    'service',
    'The variable $other has no value here. Define it, or write the value itself.',
  ],
  [
    search({ operation: 'GET ${route}' }),
    'operation',
    'The variable ${route} has no value here. Define it, or write the value itself.',
  ],
  [
    search({ tags: 'a="x [[b]]" c>5' }),
    'tags',
    'The variable [[b]] has no value here. Define it, or write the value itself.',
  ],
  [
    search({ filters: [{ key: 'a', operator: '=~', value: 'a$b(' }] }),
    'filters',
    '“a$b(” is not a regular expression.',
  ],
  [search({ status: '{ok,bad}' }), 'status', '“bad” is no status. Choose ok, error or unset.'],
  [search({ minDuration: '5' }), 'minDuration', '“5”: write a unit behind 5, such as 5ms or 5s.'],
  [
    search({ maxDuration: '$d' }),
    'maxDuration',
    'The variable $d has no value here. Define it, or write the value itself.',
  ],
  [
    search({ minDuration: '2s', maxDuration: '1s' }),
    'maxDuration',
    'The longest duration (1s) is shorter than the shortest (2s), so nothing can match.',
  ],
  [search({ limit: 0 }), 'limit', 'The limit is a whole number of traces, at least 1.'],
  [search({ limit: '2.5' }), 'limit', 'The limit is a whole number of traces, at least 1.'],
  [search({ limit: -1 }), 'limit', 'The limit is a whole number of traces, at least 1.'],
  [search({ limit: 'many' }), 'limit', 'The limit is a whole number of traces, at least 1.'],
  [search({ limit: 2 ** 31 }), 'limit', 'The limit is a whole number of traces, at least 1.'],
  [
    search({ fromMs: '${__from}' }),
    'fromMs',
    'The variable ${__from} has no value here. Define it, or write the value itself.',
  ],
  [{ refId: 'A', queryType: 'unsupported', reason: 'No.' }, 'query', 'No.'],
])('%j', (query, field, message) => {
  expect(validateQuery(query, everything)).toEqual([{ field, message }]);
});

test.each<[string, TraceQuery, Partial<BackendCapabilities>, string, string]>([
  ['search', search({}), { search: 'none' }, 'queryType', 'This server cannot search. Look a trace up by its ID.'],
  [
    'durations',
    search({ minDuration: '1s' }),
    { durationRange: false },
    'minDuration',
    'This server cannot search by duration. Leave the field empty.',
  ],
  [
    'a service graph',
    { refId: 'A', queryType: 'serviceGraph', source: 'store' },
    { dependencies: false },
    'source',
    'This server keeps no service graph. Choose traces or metrics as the source.',
  ],
  [
    'a search to draw a graph from',
    { refId: 'A', queryType: 'serviceGraph', source: 'traces' },
    { search: 'none' },
    'source',
    'This server cannot search for traces to draw the graph from.',
  ],
])('a server that has no %s says so', (_name, query, lack, field, message) => {
  expect(validateQuery(query, { ...everything, ...lack })).toEqual([{ field, message }]);
  expect(validateQuery(query, everything)).toEqual([]);
});

it('lacks of a server that a search does not need, or that are made up for here, are none', () => {
  const poor: BackendCapabilities = {
    ...everything,
    search: 'needs-service',
    attributeOperators: [],
    durationRange: false,
  };
  expect(validateQuery(search({ tags: 'a=b', minDuration: ' ', status: 'ok' }), poor)).toEqual([]);
});

it('names every field that is wrong, each once', () => {
  const query = search({ service: '$s', minDuration: 'x', maxDuration: '$m', limit: 0 });
  expect(validateQuery(query, everything).map(({ field }) => field)).toEqual([
    'service',
    'maxDuration',
    'minDuration',
    'limit',
  ]);
});

describe('what looks like a variable', () => {
  const texts = search({ service: '$USD', operation: '${x}', tags: 'a=[[b]]', limit: '$n' });

  it('is text where it came out of the value of a variable', () => {
    const written = writtenIn(search({ service: '$currency', operation: '$other', tags: '$tags', limit: '$n' }));
    expect(validateQuery(texts, everything, written).map(({ field }) => field)).toEqual(['limit']);
  });

  it('is a variable where the author of the query wrote it', () => {
    expect(validateQuery(texts, everything, writtenIn(texts)).map(({ field }) => field)).toEqual([
      'service',
      'operation',
      'limit',
      'tags',
    ]);
  });
});

it.each<[string, string | undefined]>([
  ['{ span.a = "$a b" }', undefined],
  ['{ span.a = "$a" }', '$a'],
  ['{ span.a = "x ${a}" }', '${a}'],
  ['{ span.a = $a && name = "b" }', '$a'],
])('TraceQL %s: %s has no value', (query, variable) => {
  const problems = validateQuery(
    { refId: 'A', queryType: 'language', query },
    { ...everything, queryLanguage: 'traceql' }
  );
  expect(problems.map(({ message }) => message.split(' ')[2])).toEqual(variable === undefined ? [] : [variable]);
});
