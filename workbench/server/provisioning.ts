import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

/** One `datasources[]` entry of a provisioning file, with `$` already expanded the way Grafana expands it. */
export interface ProvisionedDatasource {
  readonly name: string;
  readonly uid: string;
  readonly type: string;
  readonly access: 'proxy' | 'direct';
  readonly url: string;
  readonly isDefault: boolean;
  readonly editable: boolean;
  readonly basicAuth: boolean;
  readonly basicAuthUser: string;
  readonly withCredentials: boolean;
  readonly user: string;
  readonly database: string;
  readonly jsonData: Readonly<Record<string, unknown>>;
  readonly secureJsonData: Readonly<Record<string, string>>;
}

/** A correlation in the shape that Grafana's own API gives it out (`sourceUID` and `targetUID` are data source uids). */
export interface ProvisionedCorrelation {
  readonly uid: string;
  readonly sourceUID: string;
  readonly targetUID: string;
  readonly label: string;
  readonly description: string;
  readonly type: string;
  readonly provisioned: true;
  readonly config: Readonly<Record<string, unknown>>;
}

export interface Provisioning {
  readonly datasources: readonly ProvisionedDatasource[];
  readonly correlations: readonly ProvisionedCorrelation[];
}

/** Reads every `*.yaml` and `*.yml` of a folder; a file that Grafana would refuse is refused here with a sentence. */
export function readProvisioning(folder: string, env: Readonly<NodeJS.ProcessEnv> = process.env): Provisioning {
  const files = readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort();
  const parts = files.map((name) => parseProvisioning(readFileSync(path.join(folder, name), 'utf8'), name, env));
  return {
    datasources: parts.flatMap((part) => part.datasources),
    correlations: parts.flatMap((part) => part.correlations),
  };
}

/** @param fileName only for the sentences of errors */
export function parseProvisioning(text: string, fileName: string, env: Readonly<NodeJS.ProcessEnv>): Provisioning {
  const document = record(expandDeep(parse(text), env), fileName);
  const datasources: ProvisionedDatasource[] = [];
  const correlations: ProvisionedCorrelation[] = [];
  for (const [index, entry] of list(document.datasources).entries()) {
    const where = `${fileName}: datasources[${index}]`;
    const datasource = readDatasource(record(entry, where), where);
    datasources.push(datasource);
    for (const [at, correlation] of list(record(entry, where).correlations).entries()) {
      correlations.push(readCorrelation(correlation, datasource.uid, at, `${where}.correlations[${at}]`));
    }
  }
  return { datasources, correlations };
}

/**
 * Grafana's expansion of one value: `$NAME` and `${NAME}` from the environment (missing ones become empty), `$$` is a
 * literal dollar sign (grafana pkg/services/provisioning/values).
 */
export function expandValue(value: string, env: Readonly<NodeJS.ProcessEnv>): string {
  return value.replace(/\$\$|\$\{(\w+)\}|\$(\w+)/g, (whole, braced?: string, bare?: string) =>
    whole === '$$' ? '$' : (env[braced ?? bare ?? ''] ?? '')
  );
}

function expandDeep(value: unknown, env: Readonly<NodeJS.ProcessEnv>): unknown {
  if (typeof value === 'string') {
    return expandValue(value, env);
  }
  if (Array.isArray(value)) {
    return value.map((item) => expandDeep(item, env));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, expandDeep(item, env)]));
  }
  return value;
}

function readDatasource(entry: Record<string, unknown>, where: string): ProvisionedDatasource {
  return {
    name: text(entry.name, `${where}.name`),
    // Grafana makes one up from the name when it is missing; links need it, so here it must be there.
    uid: text(entry.uid, `${where}.uid`),
    type: text(entry.type, `${where}.type`),
    access: entry.access === 'direct' ? 'direct' : 'proxy',
    url: optionalText(entry.url),
    isDefault: entry.isDefault === true,
    editable: entry.editable === true,
    basicAuth: entry.basicAuth === true,
    basicAuthUser: optionalText(entry.basicAuthUser),
    withCredentials: entry.withCredentials === true,
    user: optionalText(entry.user),
    database: optionalText(entry.database),
    jsonData: entry.jsonData === undefined ? {} : record(entry.jsonData, `${where}.jsonData`),
    secureJsonData: Object.fromEntries(
      Object.entries(entry.secureJsonData === undefined ? {} : record(entry.secureJsonData, where)).map(
        ([key, value]) => [key, String(value)]
      )
    ),
  };
}

function readCorrelation(value: unknown, sourceUID: string, index: number, where: string): ProvisionedCorrelation {
  const entry = record(value, where);
  if ('transformations' in entry) {
    throw new Error(`${where}: transformations belong under config`);
  }
  return {
    uid: `${sourceUID}-${index}`,
    sourceUID,
    targetUID: text(entry.targetUID, `${where}.targetUID`),
    // Read with unchecked casts by Grafana: without either, its provisioner panics.
    label: text(entry.label, `${where}.label`),
    description: text(entry.description, `${where}.description`),
    type: text(entry.type, `${where}.type`),
    provisioned: true,
    config: record(entry.config, `${where}.config`),
  };
}

function record(value: unknown, where: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${where} must be a mapping`);
  }
  return Object.fromEntries(Object.entries(value));
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown, where: string): string {
  if (typeof value !== 'string' || value === '') {
    throw new Error(`${where} must be a text that is not empty`);
  }
  return value;
}

function optionalText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
