import { externals } from '../../.config/bundler/externals';
import { REFUSED_MODULES, SHARED_MODULE_NAMES } from './sharedModuleNames';

const rules = Array.isArray(externals) ? externals : [];
const namesInBundler = rules.filter((rule): rule is string => typeof rule === 'string');
const patternsInBundler = rules.filter((rule): rule is RegExp => rule instanceof RegExp);
const offered: string[] = [...SHARED_MODULE_NAMES, ...Object.keys(REFUSED_MODULES)];

describe('the modules a plugin bundle leaves to its host', () => {
  test.each(namesInBundler)('%s is offered or refused by name', (name) => {
    expect(offered).toContain(name);
  });

  test.each(patternsInBundler.map(String))('pattern %s is met by an offered module', (pattern) => {
    const expression = patternsInBundler.find((candidate) => String(candidate) === pattern)!;
    expect(SHARED_MODULE_NAMES.filter((name) => expression.test(name))).not.toEqual([]);
  });

  test.each(offered)('%s is external in the bundler', (name) => {
    expect(namesInBundler.includes(name) || patternsInBundler.some((pattern) => pattern.test(name))).toBe(true);
  });
});
