import { firstValueFrom } from 'rxjs';

import { normalizeQuery } from '../query/normalizeQuery';
import type { TraceQuery } from '../query/query';
import { createAnnotationSupport } from './annotations';

const source = { uid: 'traces', normalize: (query: unknown) => normalizeQuery(query, { dialects: [] }) };
const support = createAnnotationSupport(source, undefined);
const annotation = (target?: object) => ({
  name: 'n',
  enable: true,
  iconColor: 'red',
  target: target as TraceQuery | undefined,
});

test.each<[string, object | undefined, object]>([
  ['a new one looks for failed traces', undefined, { queryType: 'search', status: 'error', limit: 100 }],
  [
    'a search is asked as it is, its shape apart',
    { queryType: 'search', service: 'web', minDuration: '2s', limit: 5, shape: 'regions', view: 'spans', refId: 'x' },
    { queryType: 'search', service: 'web', minDuration: '2s', limit: 5, refId: 'x' },
  ],
])('%s', (_name, target, expected) => {
  const query = support.prepareQuery?.(annotation(target));
  expect(query).toMatchObject(expected);
  expect(query).not.toHaveProperty('view');
  expect(query).not.toHaveProperty('shape');
});

it('draws what was found, with a link to Explore', async () => {
  const values = { traceID: ['ab'], startTime: [1000], duration: [2e6], errors: [0] };
  const fields = Object.entries(values).map(([name, list]) => ({ name, values: list, config: {}, type: 'other' }));
  const frames = [{ length: 1, fields }] as never;
  const events = await firstValueFrom(
    support.processEvents!(annotation({ queryType: 'search', shape: 'regions' }), frames)
  );
  expect(events).toMatchObject([{ time: 1000, timeEnd: 1002, title: 'Trace' }]);
  const panes = new URLSearchParams(/\?([^"]*)"/.exec(events![0].text ?? '')?.[1].replace(/&amp;/g, '&')).get('panes');
  expect(JSON.parse(panes ?? '')).toMatchObject({
    trace: { datasource: 'traces', queries: [{ queryType: 'traceql', query: 'ab' }] },
  });
});
