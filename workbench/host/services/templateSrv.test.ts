/** @jest-environment jsdom */
import { createDataFrame, FieldType, type ScopedVars } from '@grafana/data';
import { readTimeRange } from '../timeRangeUrl';
import { WorkbenchTemplateSrv } from './templateSrv';

const values = new Map([
  ['service', 'check out'],
  ['empty', ''],
]);
const service = new WorkbenchTemplateSrv({ names: [...values.keys()], value: (name) => values.get(name) });

const frame = createDataFrame({
  fields: [
    { name: 'traceID', type: FieldType.string, values: ['a1', 'b2'] },
    { name: 'start time', type: FieldType.number, values: [10, 20] },
  ],
});
const row: ScopedVars = { __dataContext: { value: { data: [frame], frame, field: frame.fields[0], rowIndex: 1 } } };
const several: ScopedVars = {
  list: { value: ['a', 'b.c'] },
  __span: { value: { traceId: 't', tags: { 'a.b': 'v' } } },
};

test.each<[string, string, ScopedVars | undefined, string | undefined]>([
  ['$service', 'check out', undefined, undefined],
  ['[[service]]', 'check out', undefined, undefined],
  ['${service:percentencode}', 'check%20out', undefined, undefined],
  ['${service}', 'check%20out', undefined, 'uriencode'],
  ['${service:raw}', 'check out', undefined, 'uriencode'],
  ['[${empty}]', '[]', undefined, undefined],
  ['${unknown} $unknown', '${unknown} $unknown', undefined, undefined],
  ['$list', '{a,b.c}', several, undefined],
  ['${list:csv}', 'a,b.c', several, undefined],
  ['${list:regex}', '(a|b\\.c)', several, undefined],
  ['${list:pipe}', 'a|b.c', several, undefined],
  ['${__span.traceId}', 't', several, undefined],
  ['${__span.tags["a.b"]}', 'v', several, undefined],
  ['${__span.tags["none"]}', '${__span.tags["none"]}', several, undefined],
  ['${__value.raw}', 'b2', row, undefined],
  ['${__data.fields.traceID}', 'b2', row, undefined],
  ['${__data.fields["start time"]}', '20', row, undefined],
  ['${__data.fields[0]}', 'b2', row, undefined],
  ['${__value.raw}', '${__value.raw}', undefined, undefined],
])('%s becomes %s', (text, expected, scopedVars, format) => {
  expect(service.replace(text, scopedVars, format)).toBe(expected);
});

test('a dashboard brings variables of several values, and parts of addresses', () => {
  const own = new WorkbenchTemplateSrv({ names: [], value: () => undefined });
  own.use({
    names: ['service', 'none'],
    value: (name) => (name === 'service' ? ['a b', 'c'] : name === 'none' ? [] : undefined),
    text: () => 'All',
    urlParameters: () => [['var-service', '$__all']],
  });
  own.updateTimeRange(readTimeRange('now-1h', 'now'));
  expect(own.replace('$service [$none] ${service:text} ${service:queryparam}')).toBe(
    '{a b,c} [] All var-service=a%20b&var-service=c'
  );
  expect(own.replace('/d/x?${__url_time_range}&${__all_variables}', {}, 'uriencode')).toBe(
    '/d/x?from=now-1h&to=now&var-service=%24__all'
  );
});

test('tells which variables it met and which it found', () => {
  const met: Parameters<typeof service.replace>[3] = [];
  service.replace('$service ${unknown.path:csv}', {}, undefined, met);
  expect(met).toMatchObject([
    { variableName: 'service', found: true, value: 'check out' },
    { variableName: 'unknown', fieldPath: 'path', format: 'csv', found: false },
  ]);
});

test('a function formats what has no format of its own', () => {
  const upper = (value: string) => value.toUpperCase();
  expect(service.replace('$service ${service:csv}', {}, upper)).toBe('CHECK OUT check out');
});
