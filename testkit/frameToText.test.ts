import type { DataFrame } from '@grafana/data';
import { FIELD_TYPE } from '../src/frames/fieldType';
import { frameToText } from './frameToText';

const frame: DataFrame = {
  length: 2,
  fields: [
    { name: 'name', type: FIELD_TYPE.string, config: {}, values: ['a', undefined] },
    { name: 'time', type: FIELD_TYPE.time, config: {}, values: [0, null] },
    { name: 'tags', type: FIELD_TYPE.other, config: {}, values: [[{ key: 'k', value: false }], []] },
  ],
};

it('aligns columns and tells a missing value from null', () => {
  expect(`\n${frameToText(frame)}\n`).toBe(`
name | time                     | tags
a    | 1970-01-01T00:00:00.000Z | [{"key":"k","value":false}]
-    | null                     | []
`);
});

it('shows the columns asked for and names the ones that are not there', () => {
  expect(frameToText(frame, { columns: ['gone', 'name'] })).toBe(
    ['gone (no such column) | name', '                      | a', '                      | -'].join('\n')
  );
});
