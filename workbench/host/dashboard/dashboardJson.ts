import type { DataLink, DataSourceRef, FieldConfigSource } from '@grafana/data';
import type { DataQuery } from '@grafana/schema';
import type { DashboardAnnotation } from './annotationEvents';

/** A dashboard in Grafana's classic JSON (`schemaVersion` 36 to 42), as far as the workbench draws it. */
export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly time: { readonly from: string; readonly to: string };
  /** `10s`; empty for none. */
  readonly refresh: string;
  readonly links: readonly DashboardLink[];
  readonly variables: readonly VariableDefinition[];
  readonly annotations: readonly DashboardAnnotation[];
  readonly panels: readonly Panel[];
}

export interface DashboardLink {
  readonly title: string;
  readonly type: 'link' | 'dashboards';
  readonly url?: string;
  readonly tags?: readonly string[];
  readonly keepTime?: boolean;
  readonly includeVars?: boolean;
}

export interface GridPos {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly gridPos: GridPos;
  readonly transparent: boolean;
  readonly datasource?: DataSourceRef;
  readonly targets: readonly DataQuery[];
  readonly fieldConfig: FieldConfigSource;
  readonly options: Readonly<Record<string, unknown>>;
  readonly links: readonly DataLink[];
  readonly maxDataPoints?: number;
}

export type VariableValue = string | readonly string[];

export interface VariableDefinition {
  readonly type: string;
  readonly name: string;
  readonly label: string;
  /** 0 shows label and control, 1 the control alone, 2 nothing. */
  readonly hide: number;
  readonly query: unknown;
  readonly current?: VariableValue;
  readonly multi: boolean;
  readonly includeAll: boolean;
  readonly allValue?: string;
  readonly regex: string;
  /** 0 as it comes, 1 and 2 by text, 3 and 4 by number, 5 and 6 by text without case; even ones descending. */
  readonly sort: number;
  readonly datasource?: DataSourceRef;
  readonly filters: readonly AdHocFilter[];
}

export interface AdHocFilter {
  readonly key: string;
  readonly operator: string;
  readonly value: string;
}

type Json = Record<string, unknown>;

const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? { ...value } : {});
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown, fallback = ''): string => (typeof value === 'string' ? value : fallback);

/** Reads a dashboard; what is missing gets Grafana's default, what the workbench does not know is left out. */
export function readDashboard(json: unknown): Dashboard {
  const dashboard = object(json);
  const time = object(dashboard.time);
  return {
    uid: text(dashboard.uid),
    title: text(dashboard.title, 'Untitled'),
    description: text(dashboard.description),
    tags: list(dashboard.tags).map(String),
    time: { from: text(time.from, 'now-6h'), to: text(time.to, 'now') },
    refresh: text(dashboard.refresh),
    links: list(dashboard.links) as readonly DashboardLink[],
    variables: list(object(dashboard.templating).list).map(readVariable),
    annotations: list(object(dashboard.annotations).list) as readonly DashboardAnnotation[],
    panels: list(dashboard.panels).map(readPanel),
  };
}

function readPanel(json: unknown): Panel {
  const panel = object(json);
  const fieldConfig = object(panel.fieldConfig);
  return {
    id: Number(panel.id),
    type: text(panel.type),
    title: text(panel.title),
    description: text(panel.description),
    gridPos: { x: 0, y: 0, w: 12, h: 8, ...object(panel.gridPos) },
    transparent: panel.transparent === true,
    datasource: readRef(panel.datasource),
    targets: list(panel.targets) as readonly DataQuery[],
    fieldConfig: { defaults: object(fieldConfig.defaults), overrides: [...list(fieldConfig.overrides)] as never[] },
    options: object(panel.options),
    links: list(panel.links) as readonly DataLink[],
    maxDataPoints: typeof panel.maxDataPoints === 'number' ? panel.maxDataPoints : undefined,
  };
}

function readVariable(json: unknown): VariableDefinition {
  const variable = object(json);
  return {
    type: text(variable.type),
    name: text(variable.name),
    label: text(variable.label) || text(variable.name),
    hide: Number(variable.hide ?? 0),
    query: variable.query,
    current: readValue(object(variable.current).value),
    multi: variable.multi === true,
    includeAll: variable.includeAll === true,
    allValue: text(variable.allValue) || undefined,
    regex: text(variable.regex),
    sort: Number(variable.sort ?? 0),
    datasource: readRef(variable.datasource),
    filters: list(variable.filters) as readonly AdHocFilter[],
  };
}

function readValue(value: unknown): VariableValue | undefined {
  if (Array.isArray(value)) {
    return value.length > 0 ? value.map(String) : undefined;
  }
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A reference as a dashboard writes it: an object, or an old dashboard's name. */
function readRef(value: unknown): DataSourceRef | undefined {
  return typeof value === 'string' ? { uid: value } : typeof value === 'object' && value !== null ? value : undefined;
}
