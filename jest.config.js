// Times in tests are UTC wherever they run.
process.env.TZ = 'UTC';

const path = require('path');
const base = require('./.config/jest.config');
const { grafanaESModules, nodeModulesToTransform } = require('./.config/jest/utils');

const [scaffoldPattern] = Object.keys(base.transform);

const shared = {
  ...base,
  rootDir: __dirname,
  // d3-color and others ship .mjs only; the scaffold's pattern does not match it.
  transform: { '^.+\\.m?[tj]sx?$': base.transform[scaffoldPattern] },
  transformIgnorePatterns: [
    nodeModulesToTransform([...grafanaESModules, '@react-hookz/web', '@ver0/deep-equal', 'parse-duration']),
  ],
  moduleNameMapper: {
    ...base.moduleNameMapper,
    // Monaco needs a real browser; what tests see is a textarea.
    '^monaco-editor$': path.resolve(__dirname, 'test/mocks/monaco-editor.js'),
    '^@monaco-editor/react$': path.resolve(__dirname, 'test/mocks/monaco-react.js'),
  },
};

/** Code that must not know a browser is tested without one, which is also much faster to start. */
const pure = ['model', 'wire', 'analysis', 'query', 'backends'].map((folder) => `<rootDir>/src/${folder}/**/*.test.ts`);

module.exports = {
  projects: [
    {
      ...shared,
      displayName: 'pure',
      testEnvironment: 'node',
      setupFilesAfterEnv: [],
      testMatch: [
        ...pure,
        '<rootDir>/testkit/**/*.test.ts',
        '<rootDir>/bench/**/*.test.ts',
        '<rootDir>/demo/**/*.test.ts',
        '<rootDir>/workbench/**/*.test.ts',
        '<rootDir>/scripts/**/*.test.ts',
        '<rootDir>/tests/{house,stack}/**/*.test.ts',
      ],
    },
    {
      // Against running servers; which ones, the environment says (see tests/live/README.md).
      ...shared,
      displayName: 'live',
      testEnvironment: 'node',
      setupFilesAfterEnv: [],
      testMatch: ['<rootDir>/tests/live/**/*.test.ts'],
    },
    {
      ...shared,
      displayName: 'grafana',
      testMatch: ['frames', 'datasource', 'editors'].map((folder) => `<rootDir>/src/${folder}/**/*.test.{ts,tsx}`),
    },
  ],
};
