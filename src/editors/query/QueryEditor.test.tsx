import React, { useState } from 'react';

import { setTemplateSrv, type TemplateSrv } from '@grafana/runtime';
import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import type { Catalogue } from '../../datasource/catalogue';
import type { TraceDataSource } from '../../datasource/TraceDataSource';
import type { BackendCapabilities } from '../../query/capabilities';
import { normalizeQuery } from '../../query/normalizeQuery';
import type { TimeWindow } from '../../model/time';
import type { TraceQuery } from '../../query/query';
import { testIds } from '../testIds';
import { assumedCapabilities } from './problems';
import QueryEditor from './QueryEditor';

// Real components, on a busy machine.
jest.setTimeout(30_000);

const ID = '3fd1c7ea9b2c44f0a1d6a7c0f3c0de42';
const ids = testIds.queryEditor;

const variables = new Map([
  ['$service', 'cart'],
  ['$broken', 'five'],
]);

beforeAll(() => {
  setTemplateSrv({ getVariables: () => [{ name: 'service' }] } as unknown as TemplateSrv);
});

const normalize = (query: unknown) => normalizeQuery(query, { dialects: [] });

interface SetUp {
  readonly query?: Record<string, unknown>;
  readonly capabilities?: Partial<BackendCapabilities>;
  readonly catalogue?: Partial<Catalogue>;
  readonly correctsClockSkew?: boolean;
  readonly window?: TimeWindow;
}

const DOWNLOADS = [{ id: 'otlp', label: 'OTLP JSON' }];

/** The editor as Grafana holds it: what it saves comes back as its next query. */
async function renderEditor({
  query = {},
  capabilities = {},
  catalogue = {},
  correctsClockSkew = false,
  window,
}: SetUp = {}) {
  const saved: { current: TraceQuery } = { current: { refId: 'A', ...query } as TraceQuery };
  const events: string[] = [];
  const asked: string[] = [];
  const fake: Catalogue = {
    listServices: async () => {
      asked.push('services');
      return ['cart', 'checkout', 'web'];
    },
    listSpanNames: async (service) => {
      asked.push(`operations of ${service}`);
      return ['GET /', 'POST /orders'];
    },
    listAttributeKeys: async () => ['http.route', 'http.status_code'],
    listAttributeValues: async (key) => {
      asked.push(`values of ${key}`);
      return ['200', '500'];
    },
    listRemoteServices: async (service) => {
      asked.push(`remote services of ${service}`);
      return ['bank', 'stock'];
    },
    capabilities: async () => ({ ...assumedCapabilities, ...capabilities }),
    interpolate: (text) => text.replace(/\$\w+/g, (name) => variables.get(name) ?? name),
    ...catalogue,
  };
  function Row() {
    const [current, setCurrent] = useState(saved.current);
    return (
      <QueryEditor
        datasource={
          {
            uid: 'traces',
            normalize,
            windowOf: () => window && { ...window },
            correctsClockSkew,
            downloads: DOWNLOADS,
            ...fake,
          } as unknown as TraceDataSource
        }
        query={current}
        onChange={(next) => {
          events.push('change');
          saved.current = next;
          setCurrent(next);
        }}
        onRunQuery={() => events.push('run')}
      />
    );
  }
  const { unmount } = render(<Row />);
  await waitFor(() => expect(screen.getByTestId(ids.root)).toBeInTheDocument());
  // Lets the capabilities arrive.
  await screen.findByRole('radiogroup', { name: 'Query type' });
  return { saved, events, asked, unmount, user: userEvent.setup() };
}

const search = { queryType: 'search', schemaVersion: 1 };

describe('the kind switch', () => {
  it('shows a link that carries only an id as a trace', async () => {
    const { events } = await renderEditor({ query: { query: ID } });
    expect(screen.getByRole('radio', { name: 'Trace ID' })).toBeChecked();
    expect(screen.getByTestId(ids.traceId)).toHaveValue(ID);
    expect(events).toEqual([]);
  });

  it('is left out for what the server cannot do', async () => {
    await renderEditor({ capabilities: { search: 'none', dependencies: false, timeSeries: false } });
    await waitFor(() => expect(screen.queryByRole('radio', { name: 'Search' })).not.toBeInTheDocument());
    expect(screen.queryByRole('radio', { name: 'Service graph' })).not.toBeInTheDocument();
  });

  it('keeps what was typed when going to and fro', async () => {
    const { saved, user, events } = await renderEditor({ query: { ...search, service: 'cart', tags: 'a=b' } });
    await user.click(screen.getByRole('radio', { name: 'Trace ID' }));
    expect(saved.current).toMatchObject({ refId: 'A', queryType: 'traceql', query: '' });
    await user.click(screen.getByRole('radio', { name: 'Search' }));
    expect(saved.current).toMatchObject({ refId: 'A', queryType: 'search', service: 'cart', tags: 'a=b' });
    expect(events).toEqual(['change', 'change']);
  });

  it('runs the service graph at once, for it needs no more', async () => {
    const { events, user } = await renderEditor();
    await user.click(screen.getByRole('radio', { name: 'Service graph' }));
    expect(events).toEqual(['change', 'run']);
  });

  it('says why a query cannot be run, and offers the others', async () => {
    await renderEditor({ query: { queryType: 'nativeHistogram' } });
    expect(screen.getByTestId(ids.root)).toHaveTextContent('The query type “nativeHistogram” is not known here.');
    expect(screen.getAllByRole('radio').some((radio) => (radio as HTMLInputElement).checked)).toBe(false);
  });
});

describe('the trace ID form', () => {
  const label = 'Trace ID, traceparent header or address of a trace';

  it('runs on Enter, not on a key', async () => {
    const { saved, events, user } = await renderEditor();
    await user.type(screen.getByLabelText(label), ID);
    expect(events).toEqual([]);
    await user.keyboard('{Enter}');
    expect(events).toEqual(['change', 'run']);
    expect(saved.current).toMatchObject({ queryType: 'traceql', query: ID });
  });

  it('runs when left with another text, and only then', async () => {
    const { events, user } = await renderEditor();
    await user.type(screen.getByLabelText(label), ID);
    await user.tab();
    expect(events).toEqual(['change', 'run']);
    await user.click(screen.getByLabelText(label));
    await user.tab();
    expect(events).toEqual(['change', 'run']);
  });

  it('runs again on Enter without a change', async () => {
    const { events, user } = await renderEditor({ query: { query: ID } });
    await user.type(screen.getByLabelText(label), '{Enter}');
    expect(events).toContain('run');
  });

  it.each([
    ['a traceparent header', `00-${ID}-00f067aa0ba902b7-01`],
    ['an address of a trace', `https://jaeger.example.com/trace/${ID}?uiFind=abc`],
    ['an id in capitals with space around', `  ${ID.toUpperCase()} `],
  ])('reads %s', async (_, text) => {
    const { saved, user } = await renderEditor();
    await user.click(screen.getByLabelText(label));
    await user.paste(text);
    await user.keyboard('{Enter}');
    expect(saved.current).toMatchObject({ queryType: 'traceql', query: ID });
    expect(screen.getByLabelText(label)).toHaveValue(ID);
  });

  it('does not carry the time range of one trace over to the next', async () => {
    const { saved, user } = await renderEditor({ query: { query: 'abc1', fromMs: 1000, toMs: 2000 } });
    await user.clear(screen.getByLabelText(label));
    await user.type(screen.getByLabelText(label), `${ID}{Enter}`);
    expect(saved.current).not.toHaveProperty('fromMs');
  });

  it('lets go of a time range that a link brought', async () => {
    const { saved, user, events } = await renderEditor({ query: { query: ID, fromMs: 1000, toMs: 2000 } });
    await user.click(screen.getByRole('button', { name: 'Forget the time range of this query' }));
    expect(saved.current).toMatchObject({ query: ID });
    expect(saved.current).not.toHaveProperty('toMs');
    expect(events).toEqual(['change', 'run']);
  });

  it('explains a text that is no id once it is done', async () => {
    const { user } = await renderEditor();
    const input = screen.getByLabelText(label);
    await user.type(input, 'not an id');
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    await user.keyboard('{Enter}');
    expect(screen.getByRole('alert')).toHaveTextContent('is not a trace ID');
    expect(input).toHaveAccessibleDescription(/is not a trace ID/);
  });

  it('keeps a text it cannot read in the field, says why, and saves nothing', async () => {
    const { events, user } = await renderEditor({ query: { query: ID } });
    const input = screen.getByLabelText(label);
    await user.clear(input);
    await user.paste('{ name = "a" || name = "b" }');
    await user.keyboard('{Enter}');
    expect(input).toHaveValue('{ name = "a" || name = "b" }');
    expect(screen.getByRole('alert')).toHaveTextContent(/TraceQL/);
    expect(events).toEqual([]);
  });

  it('turns into a search when the address of a search is pasted', async () => {
    const { saved, user } = await renderEditor();
    await user.click(screen.getByLabelText(label));
    await user.paste('https://jaeger.example.com/search?service=cart&operation=GET%20%2F&limit=5');
    await user.keyboard('{Enter}');
    expect(saved.current).toMatchObject({ refId: 'A', queryType: 'search', service: 'cart', operation: 'GET /' });
    expect(screen.getByLabelText('Operation')).toHaveValue('GET /');
  });

  it('lets a variable be that the editor does not know', async () => {
    const { saved, user } = await renderEditor();
    await user.type(screen.getByLabelText(label), '$unknown{Enter}');
    expect(saved.current).toMatchObject({ query: '$unknown' });
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('offers the trace as stored only where the server can give it', async () => {
    await renderEditor({ capabilities: { rawTraces: false } });
    await waitFor(() => expect(screen.queryByLabelText('As stored')).not.toBeInTheDocument());
  });

  it('corrects clocks, or leaves them where the settings correct, and says nothing when it agrees with these', async () => {
    const { saved, user } = await renderEditor({ query: { query: ID } });
    await user.click(screen.getByLabelText('Correct clocks'));
    expect(saved.current).toMatchObject({ query: ID, clockSkew: 'correct' });
    await user.click(screen.getByLabelText('Correct clocks'));
    expect(saved.current.queryType === 'traceql' && saved.current.clockSkew).toBeUndefined();
  });

  it('shows what the settings do about clocks, and can say otherwise', async () => {
    const { saved, user } = await renderEditor({ query: { query: ID }, correctsClockSkew: true });
    expect(screen.getByLabelText('Correct clocks')).toBeChecked();
    await user.click(screen.getByLabelText('Correct clocks'));
    expect(saved.current).toMatchObject({ clockSkew: 'keep' });
  });

  it('shows all spans of a large trace, where that is a question', async () => {
    const { saved, events, user } = await renderEditor({ query: { query: ID } });
    await user.click(screen.getByLabelText('All spans'));
    expect(saved.current).toMatchObject({ query: ID, showAll: true });
    expect(events).toEqual(['change', 'run']);
    await user.click(screen.getByLabelText('View'));
    await user.click(await screen.findByRole('option', { name: /^Spans/ }));
    expect(screen.queryByLabelText('All spans')).not.toBeInTheDocument();
  });

  it('tells that a part is shown, and goes back to the whole trace', async () => {
    const query = { queryType: 'traceql', query: ID, rootSpanId: 'b7', showAll: true };
    const { saved, events, user } = await renderEditor({ query });
    await user.click(screen.getByRole('button', { name: 'Show the whole trace' }));
    expect(saved.current).not.toHaveProperty('rootSpanId');
    expect(saved.current.queryType === 'traceql' && saved.current.showAll).toBeUndefined();
    expect(events).toEqual(['change', 'run']);
    expect(screen.queryByRole('button', { name: 'Show the whole trace' })).not.toBeInTheDocument();
  });

  it('switches to the trace as stored', async () => {
    const { saved, events, user } = await renderEditor({ query: { query: ID } });
    await user.click(screen.getByLabelText('As stored'));
    expect(saved.current).toMatchObject({ query: ID, rawTraces: true });
    expect(events).toEqual(['change', 'run']);
  });
});

describe('the view picker', () => {
  it('shows the plain view without saying so in the query, and explains every other', async () => {
    const { events, user } = await renderEditor({ query: { query: ID } });
    expect(screen.getByLabelText('View')).toHaveValue('Trace');
    await user.click(screen.getByLabelText('View'));
    expect((await screen.findAllByRole('option')).map((option) => option.textContent)).toEqual([
      expect.stringMatching(/^TraceThe timeline/),
      expect.stringMatching(/^Statistics./),
      expect.stringMatching(/^Critical path./),
      expect.stringMatching(/^Critical path, flame graph./),
      expect.stringMatching(/^Flame graph./),
      expect.stringMatching(/^Spans./),
      expect.stringMatching(/^Events./),
    ]);
    expect(events).toEqual([]);
  });

  it('runs a trace in another view, and leaves no mark when it goes back', async () => {
    const { saved, events, user } = await renderEditor({ query: { query: ID, fromMs: 1 } });
    await user.click(screen.getByLabelText('View'));
    await user.click(await screen.findByRole('option', { name: /^Flame graph/ }));
    expect(saved.current).toMatchObject({ query: ID, fromMs: 1, view: 'flameGraph' });
    await user.click(screen.getByLabelText('View'));
    await user.click(await screen.findByRole('option', { name: /^Trace/ }));
    expect(saved.current.queryType === 'traceql' && saved.current.view).toBeUndefined();
    expect(events).toEqual(['change', 'run', 'change', 'run']);
  });

  it('runs nothing while there is no trace to look at', async () => {
    const { saved, events, user } = await renderEditor();
    await user.click(screen.getByLabelText('View'));
    await user.click(await screen.findByRole('option', { name: /^Spans/ }));
    expect(saved.current).toMatchObject({ query: '', view: 'spans' });
    expect(events).toEqual(['change']);
  });

  it('keeps the view for the next trace', async () => {
    const query = { queryType: 'traceql', query: 'abc1', view: 'statistics', groupBy: ['kind'] };
    const { saved, user } = await renderEditor({ query });
    const input = screen.getByTestId(ids.traceId);
    await user.clear(input);
    await user.type(input, `${ID}{Enter}`);
    expect(saved.current).toMatchObject({ query: ID, view: 'statistics', groupBy: ['kind'] });
  });

  it('offers a search its own views', async () => {
    const { saved, user } = await renderEditor({ query: { ...search, service: 'cart' } });
    expect(screen.getByLabelText('View')).toHaveValue('List');
    await user.click(screen.getByLabelText('View'));
    // The list draws only what is in sight, so the last ones are looked for.
    await user.keyboard('Spans');
    await user.click(await screen.findByRole('option', { name: /^Spans/ }));
    expect(saved.current).toMatchObject({ queryType: 'search', service: 'cart', view: 'spans' });
  });

  it('is not there for what has one view only', async () => {
    await renderEditor({ query: { queryType: 'metrics', services: ['cart'] } });
    expect(screen.queryByLabelText('View')).not.toBeInTheDocument();
  });

  it('shows a view it does not know, and says so', async () => {
    await renderEditor({ query: { query: ID, view: 'heatmap' } });
    expect(screen.getByLabelText('View')).toHaveValue('heatmap');
    expect(screen.getByRole('alert')).toHaveTextContent('“heatmap” is not a view of a trace');
  });

  it('takes keys to group by, and says when there are too many', async () => {
    const { saved, events, user } = await renderEditor({ query: { query: ID, view: 'statistics' } });
    await user.type(screen.getByLabelText('Group by'), 'http.route, kind{Enter}');
    expect(saved.current).toMatchObject({ groupBy: ['http.route', 'kind'] });
    expect(events).toEqual(['change', 'run']);
    await user.type(screen.getByLabelText('Group by'), ', status{Enter}');
    expect(screen.getByRole('alert')).toHaveTextContent('2 keys at most');
    expect(events).toEqual(['change', 'run', 'change']);
  });

  it('takes attributes for columns, and lets go of them', async () => {
    const { saved, user } = await renderEditor({ query: { ...search, view: 'spans' } });
    await user.type(screen.getByLabelText('Columns'), ' http.route ,, $column{Enter}');
    expect(saved.current).toMatchObject({ columns: ['http.route', '$column'] });
    await user.clear(screen.getByLabelText('Columns'));
    await user.tab();
    expect(saved.current.queryType === 'search' && saved.current.columns).toBeUndefined();
  });
});

describe('the comparison form', () => {
  const OTHER = '0af7651916cd43dd8448eb211c80319c';
  const side = (name: string) => within(screen.getByRole('group', { name }));
  const traceOf = (name: string) => side(name).getByTestId(ids.traceId);
  const compare = (baseline: object, comparison: object) => ({ queryType: 'compare', baseline, comparison });

  it('begins with the trace at hand, and runs once the other is named', async () => {
    const { saved, events, user } = await renderEditor({ query: { query: ID } });
    await user.click(screen.getByRole('radio', { name: 'Compare' }));
    expect(traceOf('Comparison')).toHaveValue(ID);
    await user.type(traceOf('Comparison'), '{Enter}');
    expect(events).not.toContain('run');
    await user.type(traceOf('Baseline'), `0x${OTHER}{Enter}`);
    expect(saved.current).toEqual({
      refId: 'A',
      schemaVersion: 1,
      queryType: 'compare',
      baseline: { queryType: 'traceql', query: OTHER },
      comparison: { queryType: 'traceql', query: ID },
    });
    expect(events.at(-1)).toBe('run');
  });

  it.each([
    ['where a trace ID goes', { query: ID }, 0],
    ['into a side of a comparison', compare({ query: ID }, {}), 1],
  ])('reads an address of two traces pasted %s', async (_, query, field) => {
    const { saved, events, user } = await renderEditor({ query });
    const input = screen.getAllByTestId(ids.traceId)[field];
    await user.clear(input);
    await user.type(input, `https://jaeger.example/trace/${ID}...${OTHER}{Enter}`);
    expect(saved.current).toMatchObject(compare({ query: ID }, { query: OTHER }));
    expect(events).toContain('run');
  });

  it('compares two searches, each with its own fields', async () => {
    const both = { queryType: 'search', service: 'cart' };
    const { saved, user } = await renderEditor({ query: compare(both, both) });
    await user.type(side('Comparison').getByLabelText('Tags'), 'error=true{Enter}');
    await user.type(side('Baseline').getByLabelText('Earlier by'), '1d{Enter}');
    await user.type(side('Baseline').getByLabelText('Min duration'), '1s{Enter}');
    expect(saved.current).toMatchObject({
      baseline: { ...both, earlierBy: '1d', minDuration: '1s' },
      comparison: { ...both, tags: 'error=true' },
    });
  });

  it('takes a trace for one side and a search for the other', async () => {
    const { saved, events, user } = await renderEditor({ query: compare({ query: ID }, { query: OTHER }) });
    await user.click(side('Baseline').getByRole('radio', { name: 'Search' }));
    expect(saved.current).toMatchObject({
      baseline: { queryType: 'search' },
      comparison: { queryType: 'traceql', query: OTHER },
    });
    expect(events).toEqual(['change']);
  });

  it('turns a side into a search when the address of one is pasted', async () => {
    const { saved, user } = await renderEditor({ query: compare({ query: ID }, {}) });
    await user.click(traceOf('Comparison'));
    await user.paste('https://jaeger.example.com/search?service=cart&limit=5');
    await user.keyboard('{Enter}');
    expect(saved.current).toMatchObject({ comparison: { queryType: 'search', service: 'cart' } });
  });

  it('offers searches only where the server can search', async () => {
    await renderEditor({ query: compare({ query: ID }, {}), capabilities: { search: 'none' } });
    await waitFor(() => expect(side('Baseline').queryByRole('radio', { name: 'Search' })).not.toBeInTheDocument());
  });

  it('explains a shift that is no duration', async () => {
    const both = { queryType: 'search', service: 'cart' };
    const { user } = await renderEditor({ query: compare(both, both) });
    await user.type(side('Baseline').getByLabelText('Earlier by'), '7');
    expect(screen.getByRole('alert')).toHaveTextContent('write a unit behind 7');
  });

  it('has views of its own', async () => {
    const { saved, user } = await renderEditor({ query: compare({ query: ID }, { query: OTHER }) });
    expect(screen.getByLabelText('View')).toHaveValue('Difference flame graph');
    await user.click(screen.getByLabelText('View'));
    await user.click(await screen.findByRole('option', { name: /^Operations/ }));
    expect(saved.current).toMatchObject({ queryType: 'compare', view: 'operations' });
  });
});

describe('the search form', () => {
  it('has a label on every field', async () => {
    await renderEditor({ query: search });
    for (const name of ['Service', 'Operation']) {
      expect(screen.getByRole('combobox', { name })).toBeInTheDocument();
    }
    for (const name of ['Tags', 'Min duration', 'Max duration', 'Limit']) {
      expect(screen.getByRole('textbox', { name })).toBeInTheDocument();
    }
  });

  it('asks for services when the list is opened, and not before', async () => {
    const { asked, saved, events, user } = await renderEditor({ query: search });
    expect(asked).toEqual([]);
    await user.click(screen.getByLabelText('Service'));
    await user.click(await screen.findByRole('option', { name: 'checkout' }));
    expect(asked).toEqual(['services']);
    expect(saved.current).toMatchObject({ queryType: 'search', service: 'checkout' });
    expect(events).toEqual(['change', 'run']);
  });

  it('is worked with the keyboard alone, and takes the typed name, not the row that was there before', async () => {
    const { saved, user } = await renderEditor({ query: { ...search, service: 'web' } });
    await user.tab();
    while (document.activeElement !== screen.getByLabelText('Service')) {
      await user.tab();
    }
    await user.keyboard('{ArrowDown}');
    await screen.findByRole('option', { name: 'cart' });
    await user.keyboard('checkout{Enter}');
    expect(saved.current).toMatchObject({ service: 'checkout' });
  });

  it('keeps what is being typed when the list arrives', async () => {
    let arrive: (names: string[]) => void = () => undefined;
    const listServices = () => new Promise<string[]>((resolve) => (arrive = resolve));
    const { saved, user } = await renderEditor({ query: { ...search, service: 'web' }, catalogue: { listServices } });
    await user.click(screen.getByLabelText('Service'));
    await user.keyboard('car');
    await act(async () => arrive(['cart', 'web']));
    expect(screen.getByLabelText('Service')).toHaveValue('car');
    await user.keyboard('t{Enter}');
    expect(saved.current).toMatchObject({ service: 'cart' });
  });

  it('takes a typed name before one that is merely like it', async () => {
    const listSpanNames = async () => ['GET', 'GET /', 'GET /orders'];
    const { saved, user } = await renderEditor({ query: { ...search, service: 'web' }, catalogue: { listSpanNames } });
    await user.click(screen.getByLabelText('Operation'));
    await screen.findByRole('option', { name: 'GET /' });
    await user.keyboard('GET /{Enter}');
    expect(saved.current).toMatchObject({ operation: 'GET /' });
    expect(screen.getByLabelText('Operation')).toHaveValue('GET /');
  });

  it('takes a name that is not in the list', async () => {
    const { saved, user } = await renderEditor({ query: search });
    await user.type(screen.getByLabelText('Service'), 'brand-new{Enter}');
    expect(saved.current).toMatchObject({ service: 'brand-new' });
  });

  it('offers the variables of the dashboard', async () => {
    const { saved, user } = await renderEditor({ query: search });
    await user.click(screen.getByLabelText('Service'));
    await user.click(await screen.findByRole('option', { name: '$service' }));
    expect(saved.current).toMatchObject({ service: '$service' });
  });

  it('lists the operations of the chosen service, and drops one that belonged to another', async () => {
    const { asked, saved, user } = await renderEditor({ query: { ...search, service: 'web' } });
    await user.click(screen.getByLabelText('Operation'));
    await user.click(await screen.findByRole('option', { name: 'POST /orders' }));
    expect(asked).toEqual(['operations of web']);
    expect(saved.current).toMatchObject({ service: 'web', operation: 'POST /orders' });

    await user.click(screen.getByLabelText('Service'));
    await user.click(await screen.findByRole('option', { name: 'cart' }));
    expect(saved.current).toMatchObject({ service: 'cart', operation: undefined });
  });

  it('explains a list that failed, tries again, and works without it', async () => {
    let failures = 1;
    const listServices = async () => {
      if (failures-- > 0) {
        throw new Error('The server at this address cannot be reached.');
      }
      return ['cart'];
    };
    const { saved, user } = await renderEditor({ query: search, catalogue: { listServices } });
    await user.click(screen.getByLabelText('Service'));
    expect(await screen.findByRole('alert')).toHaveTextContent('The server at this address cannot be reached.');

    await user.type(screen.getByLabelText('Service'), 'typed{Enter}');
    expect(saved.current).toMatchObject({ service: 'typed' });

    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.queryByRole('alert')).not.toBeInTheDocument());
  });

  it('asks for names in the time range of the panel, and not again when that moves', async () => {
    const window = { fromUnixNano: 1n, toUnixNano: 2n };
    const windows: unknown[] = [];
    const { user } = await renderEditor({
      query: { ...search, service: 'cart' },
      window,
      catalogue: {
        listServices: async (asked?: unknown) => {
          windows.push(asked);
          return ['cart'];
        },
        listSpanNames: async (_service: string, asked?: unknown) => {
          windows.push(asked);
          return ['GET /'];
        },
      },
    });
    await user.click(screen.getByLabelText('Service'));
    await user.click(screen.getByLabelText('Operation'));
    await waitFor(() => expect(windows).toEqual([window, window]));
    // Typing draws the form anew, with a range that is a little later each time.
    await user.type(screen.getByLabelText('Tags'), 'a=b');
    expect(windows).toEqual([window, window]);
  });

  it('cancels a request under way when it goes away', async () => {
    const signals: AbortSignal[] = [];
    const listServices = (_window?: unknown, signal?: AbortSignal) => {
      signals.push(signal!);
      return new Promise<string[]>(() => undefined);
    };
    const { user, unmount } = await renderEditor({ query: search, catalogue: { listServices } });
    await user.click(screen.getByLabelText('Service'));
    expect(signals.map((signal) => signal.aborted)).toEqual([false]);
    unmount();
    expect(signals.map((signal) => signal.aborted)).toEqual([true]);
  });

  it('runs text fields on Enter and on leaving, never on a key', async () => {
    const { saved, events, user } = await renderEditor({ query: { ...search, service: 'cart' } });
    await user.type(screen.getByLabelText('Tags'), 'error=true');
    expect(events).toEqual([]);
    await user.tab();
    expect(events).toEqual(['change', 'run']);
    await user.type(screen.getByLabelText('Min duration'), '1.5ms{Enter}');
    expect(events).toEqual(['change', 'run', 'change', 'run']);
    expect(saved.current).toMatchObject({ tags: 'error=true', minDuration: '1.5ms' });
  });

  it.each([
    ['Min duration', '5', 'write a unit'],
    ['Max duration', '5 parsecs', 'there is no unit'],
    ['Min duration', '$broken', 'is no duration'],
    ['Tags', 'name="open', 'never closed'],
    ['Limit', 'many', 'whole number'],
    ['Limit', '0', 'whole number'],
  ])('explains %s = %s while it is typed, saves it, and does not run it', async (name, text, sentence) => {
    const { events, user } = await renderEditor({ query: search });
    await user.type(screen.getByLabelText(name), text);
    expect(screen.getByRole('alert')).toHaveTextContent(sentence);
    expect(screen.getByLabelText(name)).toHaveAccessibleDescription(new RegExp(sentence));
    await user.keyboard('{Enter}');
    expect(events).toEqual(['change']);
  });

  it.each([
    ['50', 50],
    ['$limit', '$limit'],
    ['', undefined],
  ])('saves the limit %p as %p', async (text, expected) => {
    const { saved, user } = await renderEditor({ query: { ...search, limit: 7 } });
    await user.clear(screen.getByLabelText('Limit'));
    await user.type(screen.getByLabelText('Limit'), `${text}{Enter}`);
    expect(saved.current).toHaveProperty('limit', expected);
  });

  it('runs without a service, where the server needs one too: each is searched then', async () => {
    const { events, user } = await renderEditor({ query: search, capabilities: { search: 'needs-service' } });
    expect(await screen.findByPlaceholderText('All services, one by one')).toBeInTheDocument();
    await user.type(screen.getByLabelText('Tags'), 'error=true{Enter}');
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    expect(events).toEqual(['change', 'run']);
  });

  it('adds an attribute filter, tells who applies it, and takes it away again', async () => {
    const { saved, events, asked, user } = await renderEditor({ query: search });
    await user.click(screen.getByRole('button', { name: 'Attribute filter' }));
    const row = screen.getByRole('group', { name: 'Attribute filter 1' });
    await user.type(within(row).getByLabelText('Attribute'), 'code{Enter}');
    expect(saved.current).toHaveProperty('filters', [{ key: 'code', operator: '=', value: '' }]);
    expect(within(row).getByText('server')).toBeInTheDocument();
    expect(events).toEqual(['change']);
    await user.type(within(row).getByLabelText('Value'), '500{Enter}');
    expect(asked).toContain('values of code');
    await user.click(within(row).getByLabelText('Operator'));
    await user.click(await screen.findByRole('option', { name: /^!=/ }));
    expect(saved.current).toHaveProperty('filters', [{ key: 'code', operator: '!=', value: '500' }]);
    expect(within(row).getByText('browser')).toBeInTheDocument();
    expect(events).toEqual(['change', 'change', 'run', 'change', 'run']);
    await user.click(within(row).getByRole('button', { name: 'Remove this filter' }));
    expect(saved.current).not.toHaveProperty('filters', expect.anything());
  });

  it.each([
    [false, ['browser', 'server', 'browser']],
    [true, ['server', 'server', 'server']],
  ])('tells who applies a second value of a key, where the store takes several: %p', async (repeatedKeys, places) => {
    const filters = ['x', 'y', 'z'].map((value, index) => ({ key: 'aba'[index], operator: '=', value }));
    await renderEditor({ query: { ...search, tags: 'a=w', filters }, capabilities: { repeatedKeys } });
    const rows = screen.getAllByRole('group', { name: /^Attribute filter/ });
    await waitFor(() =>
      expect(rows.map((row) => within(row).getByText(/^(server|browser)$/).textContent)).toEqual(places)
    );
  });

  it('says what is wrong with a filter, and does not run it', async () => {
    const filters = [{ key: 'code', operator: '=~', value: '(' }];
    const { events, user } = await renderEditor({ query: { ...search, filters } });
    expect(screen.getByText('“(” is not a regular expression.')).toBeInTheDocument();
    await user.type(screen.getByLabelText('Limit'), '5{Enter}');
    expect(events).toEqual(['change']);
  });

  it('asks for a status, applied here where the server cannot', async () => {
    const { saved, user } = await renderEditor({ query: search });
    await user.type(screen.getByLabelText('Status'), 'ok{Enter}');
    expect(saved.current).toHaveProperty('status', 'ok');
    expect(screen.getByText('browser')).toBeInTheDocument();
  });

  it('shows only what the server can filter by', async () => {
    await renderEditor({
      query: search,
      capabilities: { spanNames: false, attributeOperators: [], durationRange: false },
    });
    await waitFor(() => expect(screen.queryByLabelText('Tags')).not.toBeInTheDocument());
    for (const name of ['Operation', 'Min duration', 'Max duration']) {
      expect(screen.queryByLabelText(name)).not.toBeInTheDocument();
    }
    expect(screen.getByLabelText('Limit')).toBeInTheDocument();
  });
});

describe('the remote service', () => {
  const field = () => screen.queryByLabelText('Remote service');

  it('is asked for only where the store searches by it', async () => {
    await renderEditor({ query: search });
    expect(field()).not.toBeInTheDocument();
  });

  it('is chosen from those of the service, and searched by', async () => {
    const { saved, events, asked, user } = await renderEditor({
      query: { ...search, service: 'web' },
      capabilities: { remoteServices: true },
    });
    await waitFor(() => expect(field()).toBeInTheDocument());
    await user.click(screen.getByLabelText('Remote service'));
    await user.click(await screen.findByRole('option', { name: 'bank' }));
    expect(asked).toContain('remote services of web');
    expect(saved.current).toMatchObject({ service: 'web', remoteService: 'bank' });
    expect(events).toEqual(['change', 'run']);
  });

  it('goes with its service', async () => {
    const { saved, user } = await renderEditor({
      query: { ...search, service: 'web', remoteService: 'bank' },
      capabilities: { remoteServices: true },
    });
    await waitFor(() => expect(field()).toBeInTheDocument());
    await user.click(screen.getByLabelText('Service'));
    await user.click(await screen.findByRole('option', { name: 'cart' }));
    expect(saved.current).toMatchObject({ service: 'cart' });
    expect(saved.current).not.toHaveProperty('remoteService', 'bank');
  });

  it('of a query from another store is shown with the reason why it cannot be asked', async () => {
    await renderEditor({ query: { ...search, service: 'web', remoteService: 'bank' } });
    await waitFor(() => expect(field()).toBeInTheDocument());
    expect(screen.getByRole('alert')).toHaveTextContent(/cannot search by the service at the other end/);
  });
});

describe('the service graph form', () => {
  it('narrows the graph to a service', async () => {
    const { saved, events, user } = await renderEditor({ query: { queryType: 'serviceGraph', schemaVersion: 1 } });
    await user.click(within(screen.getByTestId(ids.root)).getByLabelText('Service'));
    await user.click(await screen.findByRole('option', { name: 'cart' }));
    expect(saved.current).toMatchObject({ queryType: 'serviceGraph', service: 'cart' });
    expect(events).toEqual(['change', 'run']);
  });
});

describe('the service graph form, further', () => {
  it('asks how far around a service, and refuses what is no number', async () => {
    const { saved, events, user } = await renderEditor({ query: { queryType: 'serviceGraph', service: 'cart' } });
    await user.type(screen.getByLabelText('Hops'), '3{Enter}');
    expect(saved.current).toMatchObject({ service: 'cart', hops: 3 });
    expect(events).toEqual(['change', 'run']);
    await user.clear(screen.getByLabelText('Hops'));
    await user.type(screen.getByLabelText('Hops'), 'all{Enter}');
    expect(screen.getByRole('alert')).toHaveTextContent('1 to 20');
    expect(events).toEqual(['change', 'run', 'change']);
  });

  it('chooses who counted, and shows the calls as a table', async () => {
    const { saved, user } = await renderEditor({ query: { queryType: 'serviceGraph' } });
    await user.click(screen.getByLabelText('Source'));
    await user.click(await screen.findByRole('option', { name: /^Traces/ }));
    expect(saved.current).toMatchObject({ source: 'traces' });
    await user.click(screen.getByLabelText('Source'));
    await user.click(await screen.findByRole('option', { name: /^Automatic/ }));
    expect(saved.current.queryType === 'serviceGraph' && saved.current.source).toBeUndefined();
    await user.click(screen.getByLabelText('View'));
    await user.click(await screen.findByRole('option', { name: /^Table/ }));
    expect(saved.current).toMatchObject({ view: 'table' });
  });
});

describe('the metrics form', () => {
  const metrics = { queryType: 'metrics', schemaVersion: 1 };

  it('runs as soon as there is a service', async () => {
    const { saved, events, user } = await renderEditor({ query: metrics });
    await user.click(screen.getByLabelText('Services'));
    await user.click(await screen.findByRole('option', { name: 'cart' }));
    expect(saved.current).toMatchObject({ queryType: 'metrics', services: ['cart'] });
    expect(events).toEqual(['change', 'run']);
  });

  it('asks for quantiles of durations only, and says what is none', async () => {
    const { saved, events, user } = await renderEditor({ query: { ...metrics, services: ['cart'] } });
    expect(screen.queryByLabelText('Quantiles')).not.toBeInTheDocument();
    await user.click(screen.getByLabelText('Metric'));
    await user.click(await screen.findByRole('option', { name: /^Durations/ }));
    await user.type(screen.getByLabelText('Quantiles'), 'p50, p999{Enter}');
    expect(screen.getByRole('alert')).toHaveTextContent('“p999” is no quantile');
    expect(events).toEqual(['change', 'run', 'change']);
    await user.type(screen.getByLabelText('Quantiles'), '{Backspace}{Enter}');
    expect(saved.current).toMatchObject({ metric: 'latencies', quantiles: ['p50', 'p99'] });
    expect(events.at(-1)).toBe('run');
  });
});

it('runs on the button', async () => {
  const { events, user } = await renderEditor({ query: search });
  await user.click(screen.getByTestId(ids.run));
  expect(events).toEqual(['run']);
});
