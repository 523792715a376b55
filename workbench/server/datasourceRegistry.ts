import type { ProvisionedDatasource } from './provisioning';

/**
 * What the page gets to know of a data source: Grafana's `DataSourceInstanceSettings` and `DataSourceSettings` in one,
 * without secrets. `url` is the proxy's address, `upstreamUrl` what a user typed into the config page.
 */
export interface DatasourceView {
  readonly id: number;
  readonly uid: string;
  readonly orgId: 1;
  readonly name: string;
  readonly type: string;
  readonly access: 'proxy';
  readonly url: string;
  readonly upstreamUrl: string;
  readonly isDefault: boolean;
  readonly readOnly: boolean;
  readonly basicAuth: boolean;
  readonly basicAuthUser: string;
  readonly withCredentials: boolean;
  readonly user: string;
  readonly database: string;
  readonly version: number;
  readonly jsonData: Readonly<Record<string, unknown>>;
  /** Which secrets are set; their values never leave the server. */
  readonly secureJsonFields: Readonly<Record<string, boolean>>;
}

/** What the config page sends when it saves; a missing field stays as it is, an empty secret is removed. */
export interface DatasourceChange {
  readonly name?: string;
  readonly url?: string;
  readonly basicAuth?: boolean;
  readonly basicAuthUser?: string;
  readonly withCredentials?: boolean;
  readonly jsonData?: Readonly<Record<string, unknown>>;
  readonly secureJsonData?: Readonly<Record<string, unknown>>;
  readonly secureJsonFields?: Readonly<Record<string, unknown>>;
}

/** What the proxy needs to reach the store behind a data source. */
export interface Upstream {
  readonly url: string;
  readonly jsonData: ReadonlyMap<string, unknown>;
  readonly secrets: ReadonlyMap<string, string>;
  readonly basicAuthUser?: string;
}

interface Entry extends ProvisionedDatasource {
  readonly version: number;
}

/** The data sources of a workbench, provisioned and then changed in memory only: a restart forgets the changes. */
export class DatasourceRegistry {
  private readonly entries = new Map<string, Entry>();

  constructor(datasources: readonly ProvisionedDatasource[]) {
    for (const datasource of datasources) {
      if (this.entries.has(datasource.uid)) {
        throw new Error(`Two data sources have the uid '${datasource.uid}'; every uid must be used once`);
      }
      this.entries.set(datasource.uid, { ...datasource, version: 1 });
    }
  }

  views(): DatasourceView[] {
    return [...this.entries.values()].map((entry, index) => toView(entry, index + 1));
  }

  upstream(uid: string): Upstream | undefined {
    const entry = this.entries.get(uid);
    return (
      entry && {
        url: entry.url,
        jsonData: new Map(Object.entries(entry.jsonData)),
        secrets: new Map(Object.entries(entry.secureJsonData)),
        basicAuthUser: entry.basicAuth ? entry.basicAuthUser : undefined,
      }
    );
  }

  /** The changed data source, or undefined when the uid is unknown. */
  change(uid: string, change: DatasourceChange): DatasourceView | undefined {
    const entry = this.entries.get(uid);
    if (!entry) {
      return undefined;
    }
    this.entries.set(uid, {
      ...entry,
      version: entry.version + 1,
      name: change.name ?? entry.name,
      url: change.url ?? entry.url,
      basicAuth: change.basicAuth ?? entry.basicAuth,
      basicAuthUser: change.basicAuthUser ?? entry.basicAuthUser,
      withCredentials: change.withCredentials ?? entry.withCredentials,
      jsonData: change.jsonData ?? entry.jsonData,
      secureJsonData: changedSecrets(entry.secureJsonData, change),
    });
    return this.views().find((view) => view.uid === uid);
  }
}

function changedSecrets(
  before: Readonly<Record<string, string>>,
  { secureJsonData = {}, secureJsonFields }: DatasourceChange
): Record<string, string> {
  const secrets = new Map(Object.entries(before));
  // The page's "reset" marks the field as not set; a value typed afterwards comes in secureJsonData.
  for (const [key, isSet] of Object.entries(secureJsonFields ?? {})) {
    if (isSet === false) {
      secrets.delete(key);
    }
  }
  for (const [key, value] of Object.entries(secureJsonData)) {
    if (typeof value === 'string' && value !== '') {
      secrets.set(key, value);
    } else {
      secrets.delete(key);
    }
  }
  return Object.fromEntries(secrets);
}

function toView(entry: Entry, id: number): DatasourceView {
  return {
    id,
    uid: entry.uid,
    orgId: 1,
    name: entry.name,
    type: entry.type,
    access: 'proxy',
    url: `/api/datasources/proxy/uid/${encodeURIComponent(entry.uid)}`,
    upstreamUrl: entry.url,
    isDefault: entry.isDefault,
    readOnly: !entry.editable,
    basicAuth: entry.basicAuth,
    basicAuthUser: entry.basicAuthUser,
    withCredentials: entry.withCredentials,
    user: entry.user,
    database: entry.database,
    version: entry.version,
    jsonData: entry.jsonData,
    secureJsonFields: Object.fromEntries(Object.keys(entry.secureJsonData).map((key) => [key, true])),
  };
}
