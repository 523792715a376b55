import { namedProjects } from './namedProjects';

test.each([
  ['', []],
  ['--headed search.spec.ts', []],
  ['--project grafana', ['grafana']],
  ['--project=grafana', ['grafana']],
  ['--project grafana workbench --headed', ['grafana', 'workbench']],
  ['--project --headed', []],
  ['--project=grafana --headed --project workbench', ['grafana', 'workbench']],
  ['--projects grafana', []],
])('playwright test %s', (line, expected) => {
  expect(namedProjects(line.split(' '))).toEqual(expected);
});
