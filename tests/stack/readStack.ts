import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

export const ROOT = path.resolve(__dirname, '../..');

export function readYaml(file: string): unknown {
  return parse(readFileSync(path.join(ROOT, file), 'utf8'));
}

export interface ComposeService {
  readonly image?: string;
  readonly build?: { readonly context?: string; readonly dockerfile?: string };
  readonly command?: string | readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: readonly string[] | Readonly<Record<string, unknown>>;
  readonly extends?: { readonly file: string; readonly service: string };
}

export interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes?: Readonly<Record<string, unknown>>;
}

export interface ProvisionedDataSource {
  readonly name: string;
  readonly uid: string;
  readonly type: string;
  readonly access?: string;
  readonly url?: string;
  readonly isDefault?: boolean;
  readonly jsonData?: Readonly<Record<string, unknown>>;
  readonly correlations?: ReadonlyArray<{
    readonly targetUID?: string;
    readonly label?: string;
    readonly description?: string;
    readonly type?: string;
    readonly config?: { readonly type?: string; readonly field?: string; readonly target?: unknown };
  }>;
}

export function readCompose(): Compose {
  return readYaml('docker-compose.yml') as Compose;
}

export function provisioningFiles(): readonly string[] {
  return readdirSync(path.join(ROOT, 'provisioning/datasources'))
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => path.join('provisioning/datasources', name));
}

export function readDataSources(): readonly ProvisionedDataSource[] {
  return provisioningFiles().flatMap(
    (file) => (readYaml(file) as { datasources: readonly ProvisionedDataSource[] }).datasources
  );
}

export function fileExists(file: string): boolean {
  return existsSync(path.join(ROOT, file));
}

/** Every string anywhere inside a parsed document. */
export function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') {
    return [value];
  }
  if (Array.isArray(value)) {
    return value.flatMap(stringsIn);
  }
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(stringsIn) : [];
}

/** Every value stored under one of the keys, at any depth. */
export function valuesUnder(value: unknown, keys: readonly string[]): readonly unknown[] {
  if (Array.isArray(value)) {
    return value.flatMap((item) => valuesUnder(item, keys));
  }
  if (value === null || typeof value !== 'object') {
    return [];
  }
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(keys.includes(key) ? [inner] : []),
    ...valuesUnder(inner, keys),
  ]);
}
