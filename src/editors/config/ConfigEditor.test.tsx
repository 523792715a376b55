import React, { useState } from 'react';

import type { DataSourceInstanceSettings, DataSourceSettings } from '@grafana/data';
import { setDataSourceSrv, type DataSourceSrv } from '@grafana/runtime';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import type { TraceJsonData } from '../../datasource/settings';
import { testIds } from '../testIds';
import ConfigEditor from './ConfigEditor';

// The whole page, on a busy machine.
jest.setTimeout(30_000);

type Settings = DataSourceSettings<TraceJsonData>;

const installed = [
  { type: 'loki', name: 'Logs', uid: 'logs-uid' },
  { type: 'elasticsearch', name: 'Elastic', uid: 'elastic-uid' },
  { type: 'victoriametrics-logs-datasource', name: 'VictoriaLogs', uid: 'vl-uid' },
  { type: 'prometheus', name: 'Metrics', uid: 'prom-uid' },
  { type: 'grafana-pyroscope-datasource', name: 'Profiles', uid: 'pyro-uid' },
  { type: 'some-other-logs-datasource', name: 'Unsupported logs', uid: 'other-uid' },
].map((source) => ({ ...source, meta: { info: { logos: { small: '' } } } }) as DataSourceInstanceSettings);

beforeAll(() => {
  setDataSourceSrv({
    getList: ({ type } = {}) => installed.filter((source) => !type || type.includes(source.type)),
    getInstanceSettings: (ref) => installed.find((source) => source.uid === ref || source.name === ref),
  } as DataSourceSrv);
});

function renderPage(jsonData: TraceJsonData = {}, rest: Partial<Settings> = {}) {
  const saved: { current: Settings } = {
    current: {
      uid: 'traces',
      url: 'http://localhost:16686',
      readOnly: false,
      secureJsonFields: {},
      jsonData,
      ...rest,
    } as Settings,
  };
  function Page() {
    const [options, setOptions] = useState(saved.current);
    saved.current = options;
    return <ConfigEditor options={options} onOptionsChange={setOptions} />;
  }
  render(<Page />);
  return { saved, user: userEvent.setup() };
}

/** Pasted, not typed: a page this large draws itself slowly in a test. */
async function fill(user: ReturnType<typeof userEvent.setup>, input: HTMLElement, text: string) {
  await user.click(input);
  await user.paste(text);
}

const section = (id: string) => within(screen.getByTestId(id));

describe('ConfigEditor', () => {
  it('names the server, the way to authenticate and every section', () => {
    renderPage();
    expect(screen.getByLabelText(/connection URL/)).toHaveValue('http://localhost:16686');
    for (const name of ['Connection', 'Authentication', 'Backend', 'Links and view', 'Additional settings']) {
      expect(screen.getByRole('heading', { name })).toBeInTheDocument();
    }
  });

  it('writes trace to logs as Grafana reads it', async () => {
    const { saved, user } = renderPage({ other: 'kept' });
    const logs = section(testIds.configEditor.traceToLogs);

    await user.click(logs.getByLabelText('Data source'));
    expect(screen.getAllByTestId('data-testid Select option').map((option) => option.textContent)).toEqual([
      'Logs',
      'Elastic',
      'VictoriaLogs',
    ]);
    await user.click(screen.getByText('Logs'));
    await fill(user, logs.getByLabelText('Span start time shift'), '-5m');
    await fill(user, logs.getByLabelText('Span end time shift'), '5m');
    await user.click(logs.getByRole('button', { name: 'Add tag' }));
    await fill(user, logs.getByLabelText('Tag 1'), 'service.name');
    await fill(user, logs.getByLabelText('Name of tag 1 in the linked data source'), 'app');
    await user.click(logs.getByLabelText('Filter by trace ID'));

    expect(saved.current.jsonData).toEqual({
      other: 'kept',
      tracesToLogsV2: {
        datasourceUid: 'logs-uid',
        spanStartTimeShift: '-5m',
        spanEndTimeShift: '5m',
        tags: [{ key: 'service.name', value: 'app' }],
        filterByTraceID: true,
        customQuery: false,
      },
    });
  });

  it('turns the filters off while a custom query is used, and keeps its text', async () => {
    const { saved, user } = renderPage({ tracesToLogsV2: { datasourceUid: 'logs-uid', customQuery: false } });
    const logs = section(testIds.configEditor.traceToLogs);

    await user.click(logs.getByLabelText('Use custom query'));
    await fill(user, logs.getByLabelText('Query'), '{${__tags}} |= "${__span.traceId}"');

    expect(saved.current.jsonData.tracesToLogsV2).toEqual({
      datasourceUid: 'logs-uid',
      customQuery: true,
      query: '{${__tags}} |= "${__span.traceId}"',
    });
    expect(logs.getByLabelText('Filter by trace ID')).toBeDisabled();
  });

  it('shows legacy trace-to-logs settings and leaves them in place when the newer key is written', async () => {
    const legacy = { datasourceUid: 'logs-uid', tags: ['pod'] };
    const { saved, user } = renderPage({ tracesToLogs: legacy });
    const logs = section(testIds.configEditor.traceToLogs);

    expect(logs.getByLabelText('Tag 1')).toHaveValue('pod');
    await fill(user, logs.getByLabelText('Name of tag 1 in the linked data source'), 'p');

    expect(saved.current.jsonData.tracesToLogs).toBe(legacy);
    expect(saved.current.jsonData.tracesToLogsV2).toMatchObject({
      datasourceUid: 'logs-uid',
      tags: [{ key: 'pod', value: 'p' }],
    });
  });

  it('switches findings off, all or single ones', async () => {
    const { saved, user } = renderPage();
    const analysis = section(testIds.configEditor.analysis);

    expect(analysis.getByLabelText('Findings')).toBeChecked();
    await user.click(analysis.getByLabelText('Findings'));
    expect(analysis.queryByLabelText('Retries')).not.toBeInTheDocument();
    expect(saved.current.jsonData).toEqual({ insights: { enabled: false } });
    await user.click(analysis.getByLabelText('Findings'));
    expect(analysis.getByLabelText('Retries')).toBeChecked();
    await user.click(analysis.getByLabelText('Retries'));
    await user.click(analysis.getByLabelText('Longest gap'));
    await user.click(analysis.getByLabelText('Retries'));

    expect(saved.current.jsonData).toEqual({ insights: { enabled: true, disabled: ['longest-gap'] } });
  });

  it('writes how a trace is made ready', async () => {
    const { saved, user } = renderPage();
    const analysis = section(testIds.configEditor.analysis);

    expect(analysis.getByLabelText('Mark critical path')).toBeChecked();
    await user.click(analysis.getByLabelText('Mark critical path'));
    await user.click(analysis.getByLabelText('Correct clocks'));
    await fill(user, analysis.getByLabelText('Fold traces above'), '5000');
    expect(saved.current.jsonData).toEqual({
      criticalPath: { enabled: false },
      clockSkew: { correct: true },
      largeTrace: { threshold: 5000 },
    });

    await user.clear(analysis.getByLabelText('Fold traces above'));
    expect(saved.current.jsonData.largeTrace?.threshold).toBeUndefined();
  });

  it('explains a time shift that Grafana cannot read', async () => {
    const { user } = renderPage();
    await fill(user, section(testIds.configEditor.traceToMetrics).getByLabelText('Span start time shift'), '0');
    expect(screen.getByRole('alert')).toHaveTextContent('"0" is not a time shift');
  });

  it('writes trace to metrics with its list of queries', async () => {
    const { saved, user } = renderPage();
    const metrics = section(testIds.configEditor.traceToMetrics);

    await user.click(metrics.getByRole('button', { name: 'Add metrics link' }));
    await fill(user, metrics.getByLabelText('Name of metrics link 1'), 'Rate');
    await fill(user, metrics.getByLabelText('Query of metrics link 1'), 'sum(rate(calls_total{${__tags}}[5m]))');
    await user.click(metrics.getByRole('button', { name: 'Add metrics link' }));
    await user.click(metrics.getByRole('button', { name: 'Remove metrics link 2' }));

    expect(saved.current.jsonData.tracesToMetrics).toEqual({
      queries: [{ name: 'Rate', query: 'sum(rate(calls_total{${__tags}}[5m]))' }],
    });
  });

  it('writes trace to profiles', async () => {
    const { saved, user } = renderPage();
    const profiles = section(testIds.configEditor.traceToProfiles);
    await user.click(profiles.getByLabelText('Data source'));
    await user.click(screen.getByText('Profiles'));
    await fill(user, profiles.getByLabelText('Profile type'), 'process_cpu:cpu:nanoseconds:cpu:nanoseconds');

    expect(saved.current.jsonData.tracesToProfiles).toEqual({
      datasourceUid: 'pyro-uid',
      profileTypeId: 'process_cpu:cpu:nanoseconds:cpu:nanoseconds',
      customQuery: false,
    });
  });

  it('writes how a trace is shown', async () => {
    const { saved, user } = renderPage();
    const view = section(testIds.configEditor.traceView);

    await user.click(view.getByLabelText('Node graph'));
    await user.click(view.getByLabelText('Time range for trace ID'));
    await user.click(view.getByLabelText('Span bar label'));
    await user.click(await screen.findByRole('option', { name: /^Tag/ }));
    await fill(user, view.getByLabelText('Span bar tag'), 'http.route');

    expect(saved.current.jsonData).toEqual({
      nodeGraph: { enabled: true },
      traceIdTimeParams: { enabled: true },
      spanBar: { type: 'Tag', tag: 'http.route' },
    });
  });

  it("shows the bounded lookup of a Tempo source's file as switched on, and switches it off", async () => {
    const traceQuery = { timeShiftEnabled: true, spanStartTimeShift: '1h' };
    const { saved, user } = renderPage({ traceQuery });
    const bounded = section(testIds.configEditor.traceView).getByLabelText('Time range for trace ID');
    expect(bounded).toBeChecked();

    await user.click(bounded);
    expect(bounded).not.toBeChecked();
    expect(saved.current.jsonData).toEqual({
      traceIdTimeParams: { enabled: false },
      traceQuery: { timeShiftEnabled: false, spanStartTimeShift: '1h' },
    });
  });

  it('drops a cleared timeout instead of saving a number that is none', async () => {
    const { saved, user } = renderPage({ timeout: 30 });
    await user.click(screen.getByRole('button', { name: 'Expand section Additional settings' }));
    await user.clear(screen.getByLabelText('Timeout in seconds'));
    expect(saved.current.jsonData).toEqual({});
  });

  it('disables every control of a provisioned data source', () => {
    renderPage(
      {
        tracesToLogsV2: { customQuery: true, tags: [{ key: 'pod' }] },
        tracesToMetrics: { queries: [{ name: 'Rate' }] },
        spanBar: { type: 'Tag', tag: 'http.route' },
      },
      { readOnly: true }
    );
    const page = section(testIds.configEditor.root);
    const controls = ['textbox', 'combobox', 'switch', 'spinbutton'].flatMap((role) => page.queryAllByRole(role));
    expect(controls.length).toBeGreaterThan(15);
    for (const control of controls) {
      expect(control).toBeDisabled();
    }
    for (const name of [/^Add tag/, /^Remove/, /^Add metrics link/]) {
      for (const button of page.getAllByRole('button', { name })) {
        expect(button).toBeDisabled();
      }
    }
  });
});
