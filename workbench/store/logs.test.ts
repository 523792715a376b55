import { startStore, type Store } from './startStore';

const START = 1_772_366_400_000_000_000n;
const RANGE = `start=${START}&end=${START + 10n}`;
const TRACE = '7f3a91c2d4e5b6071829304a5b6c7d8e';

const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } });

function resourceLogs(service: string, logRecords: object[]): object {
  return {
    resource: { attributes: [attribute('service.name', service), attribute('host.name', 'node-3')] },
    scopeLogs: [{ logRecords }],
  };
}

const record = (at: number, line: string, rest: object = {}) => ({
  timeUnixNano: String(START + BigInt(at)),
  severityText: 'INFO',
  severityNumber: 9,
  body: { stringValue: line },
  ...rest,
});

let store: Store;

beforeEach(async () => {
  store = await startStore();
  const body = {
    resourceLogs: [
      resourceLogs('cart', [
        record(0, `level=info msg="added to cart" trace_id=${TRACE}`),
        record(2, '{"msg":"removed","n":7}', { traceId: TRACE, spanId: 'a1b2c3d4e5f60718' }),
      ]),
      resourceLogs('mail', [record(1, 'sent (twice)', { attributes: [attribute('mail.to', 'ada')] })]),
    ],
  };
  const response = await fetch(`${store.otlpUrl}/v1/logs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
});

afterEach(() => store.close());

interface Stream {
  readonly stream: Record<string, string>;
  readonly values: Array<[string, string, unknown?]>;
}

async function queryRange(
  query: string,
  more = RANGE,
  headers = {}
): Promise<{ streams: Stream[]; status: number; text: string }> {
  const url = `${store.lokiUrl}/loki/api/v1/query_range?${more}&query=${encodeURIComponent(query)}`;
  const response = await fetch(url, { headers });
  const text = await response.text();
  return { status: response.status, text, streams: response.ok ? JSON.parse(text).data.result : [] };
}

async function lines(query: string, more = RANGE): Promise<string[]> {
  const { streams } = await queryRange(query, more);
  return streams.flatMap(({ values }) => values.map(([, line]) => line.slice(0, 10)));
}

const ADDED = 'level=info';
const REMOVED = '{"msg":"re';
const SENT = 'sent (twic';

it.each([
  ['{service_name="cart"}', [REMOVED, ADDED]],
  ['{ service_name = `mail` }', [SENT]],
  ['{service_name!="cart"}', [SENT]],
  ['{service_name=~"ca.*"}', [REMOVED, ADDED]],
  ['{service_name=~"ca"}', []],
  ['{service_name!~"ca.*", service_name=~".+"}', [SENT]],
  ['{service_name=~".+"} |= "(twice)"', [SENT]],
  ['{service_name=~".+"} |~ "t(wi|wo)ce"', [SENT]],
  ['{service_name=~".+"} != "twice" !~ "remov"', [ADDED]],
  ['{service_name=~".+"} |= "\\"added to"', [ADDED]],
  [`{service_name=~".+"} | trace_id="${TRACE}"`, [REMOVED]],
  [`{service_name="cart"} | logfmt | trace_id="${TRACE}"`, [REMOVED, ADDED]],
  ['{service_name="cart"} | json | n="7"', [REMOVED]],
  ['{service_name=~".+"} | mail_to="ada" or span_id="a1b2c3d4e5f60718"', [REMOVED, SENT]],
  ['{service_name=~".+"} | mail_to="ada" and service_name="cart"', []],
  [
    // What Grafana writes for "logs for this span".
    `{service_name="cart"} | label_format log_line_contains_trace_id=\`{{ contains "${TRACE}" __line__  }}\` | log_line_contains_trace_id="true" OR trace_id="${TRACE}"`,
    [REMOVED, ADDED],
  ],
])('%s', async (query, expected) => {
  expect((await lines(query)).sort()).toEqual([...expected].sort());
});

it.each([
  ['newest first without a direction', 'limit=2', [REMOVED, SENT]],
  ['oldest first', 'limit=2&direction=forward', [ADDED, SENT]],
])('a limit keeps the %s', async (_what, more, expected) => {
  expect(await lines('{service_name=~".+"}', `${RANGE}&${more}`)).toEqual(expected);
});

it('the end of the range is exclusive', async () => {
  expect(await lines('{service_name=~".+"}', `start=${START}&end=${START + 2n}`)).toEqual([SENT, ADDED]);
});

it('structured metadata comes apart from the labels when asked for that, else among them', async () => {
  const metadata = {
    host_name: 'node-3',
    severity_text: 'INFO',
    severity_number: '9',
    detected_level: 'info',
    trace_id: TRACE,
    span_id: 'a1b2c3d4e5f60718',
  };
  const query = '{service_name="cart"} |= "removed"';
  const apart = await queryRange(query, RANGE, { 'x-loki-response-encoding-flags': 'categorize-labels' });
  expect(apart.streams[0].stream).toEqual({ service_name: 'cart' });
  expect(apart.streams[0].values[0][2]).toEqual({ structuredMetadata: metadata });
  const among = await queryRange(query);
  expect(among.streams[0].stream).toEqual({ service_name: 'cart', ...metadata });
});

it.each([
  ['rate({service_name="cart"}[5m])', /a query starts with a selector/],
  ['{service_name="cart"', /expected label="value"/],
  ['{service_name="cart"} | pattern "<a>"', /does not understand "pattern/],
  ['{service_name=~"("}', /parse error/],
])('refuses %s with a sentence', async (query, message) => {
  const { status, text } = await queryRange(query);
  expect(status).toBe(400);
  expect(text).toMatch(message);
});

it('lists labels and their values', async () => {
  const get = async (path: string) => (await (await fetch(store.lokiUrl + path)).json()).data;
  expect(await get('/loki/api/v1/labels')).toEqual(['service_name']);
  expect(await get('/loki/api/v1/label/service_name/values')).toEqual(['cart', 'mail']);
});
