// Writes a package.json with only what the shop imports, in the versions of the project, for a small image.
import { readFileSync, writeFileSync } from 'node:fs';

export const SHOP_PACKAGES = [
  '@opentelemetry/api',
  '@opentelemetry/core',
  '@opentelemetry/exporter-trace-otlp-http',
  '@opentelemetry/otlp-transformer',
  '@opentelemetry/resources',
  '@opentelemetry/sdk-trace-base',
  '@opentelemetry/semantic-conventions',
  'commander',
  'tsx',
];

const [projectFile, targetFile] = process.argv.slice(2);
const { dependencies, devDependencies } = JSON.parse(readFileSync(projectFile, 'utf8'));
const versions = { ...devDependencies, ...dependencies };
const picked = Object.fromEntries(SHOP_PACKAGES.map((name) => [name, versions[name]]));
writeFileSync(targetFile, JSON.stringify({ name: 'shop', private: true, dependencies: picked }, null, 2));
