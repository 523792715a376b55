/** @jest-environment jsdom */
import { createDataFrame, FieldType } from '@grafana/data';
import { fieldText, readLogsFrame } from './readLogsFrame';

const timestamp = { name: 'timestamp', type: FieldType.time, values: [1000, 2000] };
const body = { name: 'body', type: FieldType.string, values: ['first', 'second'] };
const sound = [
  timestamp,
  body,
  { name: 'severity', type: FieldType.string, values: ['ERROR', 'odd'] },
  { name: 'id', type: FieldType.string, values: ['x', 'y'] },
  { name: 'labels', type: FieldType.other, values: [{ app: 'shop' }, {}] },
  { name: 'spanID', type: FieldType.string, values: ['a1', undefined] },
];

describe('readLogsFrame', () => {
  test('lines with their levels and labels; the other columns are their fields', () => {
    const { lines, fields } = readLogsFrame(createDataFrame({ fields: sound }));
    expect(lines).toEqual([
      { id: 'x', rowIndex: 0, timeMs: 1000, line: 'first', level: 'error', labels: new Map([['app', 'shop']]) },
      { id: 'y', rowIndex: 1, timeMs: 2000, line: 'second', level: 'unknown', labels: new Map() },
    ]);
    expect(fields.map((field) => [field.name, fieldText(field, 0), fieldText(field, 1)])).toEqual([
      ['spanID', 'a1', ''],
    ]);
  });
  test('time and body are enough', () => {
    const { lines } = readLogsFrame(createDataFrame({ fields: [body, timestamp] }));
    expect(lines.map(({ id, line }) => [id, line])).toEqual([
      ['0', 'first'],
      ['1', 'second'],
    ]);
  });
  test.each([
    ['no time', [body], 'no column "timestamp" of type time'],
    ['no body', [timestamp], 'no column "body" of type string'],
    ['a body that is no text', [timestamp, { ...body, type: FieldType.number }], 'no column "body" of type string'],
  ])('%s is told in words', (_, fields, message) => {
    expect(() => readLogsFrame(createDataFrame({ fields }))).toThrow(message);
  });
});
