import { FieldType, ThresholdsMode } from '@grafana/data';
import { FIELD_TYPE } from './fieldType';
import { buildSearchFrame } from './searchFrame';

it('names field types as Grafana does', () => {
  for (const [name, value] of Object.entries(FIELD_TYPE)) {
    expect(value).toBe(FieldType[name as keyof typeof FIELD_TYPE]);
  }
});

it('names the mode of thresholds as Grafana does', () => {
  const frame = buildSearchFrame([], { refId: 'A', datasource: { uid: 'u', name: 'n' }, isLimited: false, limit: 20 });
  const errors = frame.fields.find((field) => field.name === 'errors');
  expect(errors?.config.thresholds?.mode).toBe(ThresholdsMode.Absolute);
});
