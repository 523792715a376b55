import { mayShip } from './checkDist';

test.each([
  ['MIT', true],
  ['AGPL-3.0-only', false],
  ['', false],
  ['(MIT)', true],
  ['(AGPL-3.0-only OR MIT)', true],
  ['AGPL-3.0-only OR GPL-3.0-only', false],
  ['(Apache-2.0 AND BSD-3-Clause)', true],
  ['Apache-2.0 AND AGPL-3.0-only', false],
  ['MIT OR Apache-2.0 AND AGPL-3.0-only', true],
  ['(MIT OR GPL-3.0-only) AND AGPL-3.0-only', false],
  ['(MIT OR GPL-3.0-only) AND (ISC AND (GPL-2.0-only OR 0BSD))', true],
])('a package under "%s" may ship: %s', (license, expected) => {
  expect(mayShip(license)).toBe(expected);
});
