/** @jest-environment jsdom */
import { createDataFrame, LoadingState, type DataSourceApi, type PanelData } from '@grafana/data';
import { firstValueFrom, last, of } from 'rxjs';
import { readTimeRange } from '../timeRangeUrl';
import { annotationEvents, type DashboardAnnotation } from './annotationEvents';
import { DashboardScope } from './DashboardScope';

const annotation = {
  name: 'Failing',
  enable: true,
  iconColor: 'orange',
  datasource: { type: 'acme', uid: 'one' },
  target: { refId: 'Anno', status: 'error' },
} as DashboardAnnotation;

const acme = {
  uid: 'one',
  name: 'Acme',
  getRef: () => ({ uid: 'one', type: 'acme' }),
  annotations: {
    prepareQuery: ({ target }: DashboardAnnotation) => ({ ...target, limit: 7 }),
    processEvents: (_: unknown, frames: unknown[]) => of([{ time: 5, title: `${frames.length} frame` }]),
  },
} as unknown as DataSourceApi;

const asked: object[] = [];
const eventsOf = (dataSource: DataSourceApi) =>
  firstValueFrom(
    annotationEvents({
      annotations: [annotation],
      scope: new DashboardScope([]),
      range: readTimeRange('now-1h', 'now'),
      getDataSource: async () => dataSource,
      run: (_, request) => {
        asked.push(request);
        const series = [createDataFrame({ fields: [] })];
        return of(
          { state: LoadingState.Loading, series: [] } as unknown as PanelData,
          { state: LoadingState.Done, series } as unknown as PanelData
        );
      },
    }).pipe(last())
  );

it('are what the support of the data source makes of the query that it prepared', async () => {
  expect(await eventsOf(acme)).toEqual([{ time: 5, title: '1 frame', color: 'orange', source: annotation }]);
  expect(asked.at(-1)).toMatchObject({ app: 'dashboard', targets: [{ refId: 'Anno', status: 'error', limit: 7 }] });
});

it('of a data source without support say so', async () => {
  await expect(eventsOf({ ...acme, annotations: undefined } as DataSourceApi)).rejects.toThrow(
    'Acme has no annotations.'
  );
});
