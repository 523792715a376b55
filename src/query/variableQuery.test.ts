import {
  displayVariableQuery,
  interpolateVariableQuery,
  normalizeVariableQuery,
  variableQueryProblem,
} from './variableQuery';

test.each<[unknown, object]>([
  [undefined, { kind: 'services' }],
  ['', { kind: 'services' }],
  ['services', { kind: 'services' }],
  ['services()', { kind: 'services' }],
  ['operations($service)', { kind: 'operations', service: '$service' }],
  ['operations', { kind: 'operations' }],
  ['keys(checkout)', { kind: 'attributeKeys', service: 'checkout' }],
  ['values(http.route)', { kind: 'attributeValues', key: 'http.route' }],
  ['values(http.route, {a,b})', { kind: 'attributeValues', key: 'http.route', service: '{a,b}' }],
  ['label_values(service)', { kind: 'services' }],
  ['http.route', { kind: 'attributeValues', key: 'http.route' }],
  [
    { kind: 'operations', service: 'a', key: 'left over' },
    { kind: 'operations', service: 'a' },
  ],
  [{ kind: 'services', service: 'left over' }, { kind: 'services' }],
  // What Grafana's Tempo source saves.
  [{ type: 0, refId: 'TempoDatasourceVariableQueryEditor-VariableQuery' }, { kind: 'attributeKeys' }],
  [{ type: 1, label: 'service.name', stream: '' }, { kind: 'services' }],
  [
    { type: 1, label: '.http.route' },
    { kind: 'attributeValues', key: 'http.route' },
  ],
  [
    { type: 1, label: 'resource.k8s.pod.name' },
    { kind: 'attributeValues', key: 'k8s.pod.name' },
  ],
  [{ type: 1, label: 'name' }, { kind: 'operations' }],
  // What a text box saves, and what is nothing.
  [
    { query: 'operations(a)', refId: 'x' },
    { kind: 'operations', service: 'a' },
  ],
  [{ kind: '__proto__' }, { kind: 'services' }],
])('%j means %j', (saved, expected) => {
  const { refId, ...query } = normalizeVariableQuery(saved);
  expect(query).toEqual(expected);
  expect(refId).not.toBe('');
  expect(normalizeVariableQuery({ ...query, refId })).toEqual({ ...query, refId });
  const { refId: _, ...again } = normalizeVariableQuery(displayVariableQuery({ ...query, refId }));
  expect(again).toEqual(query);
});

it('asks for a key where one is needed', () => {
  expect(variableQueryProblem({ refId: 'a', kind: 'attributeValues', key: ' ' })).toMatch(/Name the attribute/);
  expect(variableQueryProblem({ refId: 'a', kind: 'attributeKeys' })).toBeUndefined();
});

it('replaces variables, of several services each', () => {
  const replace = (text: string, format: (value: unknown) => string = String) =>
    text.replace('$service', () => format(['a', 'b'])).replace('$key', () => format('http.route'));
  expect(
    interpolateVariableQuery({ refId: 'v', kind: 'attributeValues', service: '$service', key: '$key' }, replace)
  ).toEqual({ refId: 'v', kind: 'attributeValues', service: '{a,b}', key: 'http.route' });
});
