/**
 * That a further store touches one folder and one line (docs/adding-a-backend.md): a store that nobody here has heard of is
 * put at the end of the list, and everything around it works by its definition alone.
 */
import React, { useState } from 'react';

import { dateTime, type DataQueryRequest, type DataSourceSettings } from '@grafana/data';
import { setTemplateSrv, type TemplateSrv } from '@grafana/runtime';
import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { lastValueFrom } from 'rxjs';

import { traceFromText } from '../../testkit/traceFromText';
import { shelf } from '../backends/contract/toy/definition';
import type { HttpClient } from '../backends/http';
import { backendDefinitions } from '../backends/index';
import type { TraceJsonData } from '../datasource/settings';
import { fakeServices, instanceSettings } from '../datasource/testing/fakeServices';
import { TraceDataSource } from '../datasource/TraceDataSource';
import { unixNanoFromMillis } from '../model/time';
import type { TraceQuery } from '../query/query';
import { BackendSection } from './config/BackendSection';
import QueryEditor from './query/QueryEditor';
import { encodeOtlp } from '../wire/otlp/encodeOtlp';
import { testIds } from './testIds';

jest.setTimeout(30_000);

const definitions = [...backendDefinitions, shelf];
const START_MS = Date.UTC(2026, 2, 1, 12);
const TRACE_ID = '7f3a91c2d4e5b6071829304a5b6c7d8e';

const bodyOfTrace = encodeOtlp(
  traceFromText(
    `
      cart  load      [0-----5]
      db      SELECT     [1--4]
    `,
    { traceId: TRACE_ID, epochUnixNano: unixNanoFromMillis(START_MS) }
  )
);

const ANSWERS: Readonly<Record<string, object>> = {
  '/shelf': { product: 'Shelf' },
  '/upper/services': { services: ['db', 'cart'] },
  '/upper/services/cart': bodyOfTrace,
  [`/upper/traces/${TRACE_ID}`]: bodyOfTrace,
};

function open(jsonData: TraceJsonData = {}) {
  const asked: string[] = [];
  const http: HttpClient = {
    get: async ({ path }) => {
      asked.push(path);
      const answer = ANSWERS[path];
      return answer ? { status: 200, body: JSON.stringify(answer) } : { status: 404, body: 'not on this shelf' };
    },
  };
  const services = { ...fakeServices(shelf), definitions, createHttp: () => http };
  return { asked, dataSource: new TraceDataSource(instanceSettings(jsonData), services) };
}

const run = ({ dataSource }: ReturnType<typeof open>, target: Partial<TraceQuery>) =>
  lastValueFrom(
    dataSource.query({
      targets: [{ refId: 'A', ...target }],
      range: { from: dateTime(START_MS), to: dateTime(START_MS + 60_000), raw: { from: 'now-1m', to: 'now' } },
      timezone: 'utc',
    } as DataQueryRequest<TraceQuery>)
  );

beforeAll(() => setTemplateSrv({ getVariables: () => [] } as unknown as TemplateSrv));

it('is found out behind a URL, and tells what works and why not the rest', async () => {
  const { dataSource } = open();
  await expect(dataSource.testDatasource()).resolves.toEqual({
    status: 'success',
    message:
      'Shelf answers (2 services) with trace by ID, search by service, without search by attributes (a shelf has no index).',
  });
});

it('answers a lookup and a search', async () => {
  const shop = open();
  const [trace] = (await run(shop, { queryType: 'traceql', query: TRACE_ID })).data;
  expect(trace.fields.find(({ name }: { name: string }) => name === 'operationName').values).toEqual([
    'load',
    'SELECT',
  ]);
  const [list] = (await run(shop, { queryType: 'search', service: 'cart' })).data;
  expect(list.length).toBe(1);
});

it('has applied here what it cannot apply itself', async () => {
  const shop = open({ backend: 'shelf' });
  const lengthOf = async (tags: string) =>
    (await run(shop, { queryType: 'search', service: 'cart', tags })).data[0].length;
  expect([await lengthOf('service.name=cart'), await lengthOf('service.name=nobody')]).toEqual([1, 0]);
});

it.each<[string, Partial<TraceQuery>, RegExp]>([
  ['a search by durations', { queryType: 'search', service: 'cart', minDuration: '1s' }, /cannot search by duration/],
  ['a service graph of its own', { queryType: 'serviceGraph', source: 'store' }, /keeps no service graph/],
])('%s is refused in words and without a request', async (_, query, sentence) => {
  const shop = open({ backend: 'shelf' });
  const { errors = [] } = await run(shop, query);
  expect(errors[0]?.message).toMatch(sentence);
  expect(shop.asked).toEqual([]);
});

it('has a form that shows what it can be asked', async () => {
  const { dataSource } = open();
  render(
    <QueryEditor
      datasource={dataSource}
      query={{ refId: 'A', queryType: 'search', service: 'cart' }}
      onChange={() => undefined}
      onRunQuery={() => undefined}
    />
  );
  await screen.findByTestId(testIds.queryEditor.service);
  await act(async () => void (await dataSource.capabilities()));
  for (const missing of ['operation', 'minDuration', 'maxDuration'] as const) {
    expect(screen.queryByTestId(testIds.queryEditor[missing])).not.toBeInTheDocument();
  }
});

it('can be chosen on the settings page, with settings of its own', async () => {
  const saved: { current: TraceJsonData } = { current: {} };
  function Page() {
    const [options, setOptions] = useState({ jsonData: {}, readOnly: false } as DataSourceSettings<TraceJsonData>);
    saved.current = options.jsonData;
    return <BackendSection options={options} onOptionsChange={setOptions} definitions={definitions} />;
  }
  render(<Page />);
  const user = userEvent.setup();
  await user.click(screen.getByLabelText('Backend'));
  await user.click(await screen.findByRole('option', { name: /^Shelf/ }));
  await user.click(screen.getByLabelText('Board'));
  await user.click(await screen.findByRole('option', { name: 'Lower' }));
  expect(saved.current).toEqual({ backend: 'shelf', shelfBoard: 'lower' });
});
