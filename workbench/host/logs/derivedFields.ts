import type { DataLink } from '@grafana/data';
import type { LogEntry } from './logEntry';

/** One entry of `jsonData.derivedFields` of a Loki data source. */
export interface DerivedFieldConfig {
  readonly name: string;
  readonly matcherRegex: string;
  /** Missing means `regex`. */
  readonly matcherType?: 'label' | 'regex';
  readonly url?: string;
  readonly urlDisplayLabel?: string;
  readonly datasourceUid?: string;
  readonly targetBlank?: boolean;
}

/** A value found in a log line, with the links its configurations give it. */
export interface DerivedField {
  readonly name: string;
  readonly value: string;
  readonly links: readonly DataLink[];
}

/** What the target's type says about itself in the query Loki hands over (Grafana 12.4, loki/getDerivedFields.ts:78). */
const queryTypeByTarget = new Map([
  ['tempo', 'traceql'],
  ['grafana-x-ray-datasource', 'getTrace'],
]);

/** Name and type of a data source by uid, if it is known. */
export type DescribeTarget = (uid: string) => { readonly name: string; readonly type: string } | undefined;

/**
 * The derived fields of a log line, as Loki's data source makes them: entries of one name are a group, of which only the
 * first one's matcher is evaluated and each contributes its link. A regex looks at the line alone and yields its first
 * capture group; a label matcher is tested against label names.
 */
export function deriveFields(
  entry: Pick<LogEntry, 'line' | 'labels'>,
  configs: readonly DerivedFieldConfig[],
  describeTarget: DescribeTarget
): DerivedField[] {
  return [...groupByName(configs)].flatMap(([name, group]) => {
    const value = match(entry, group[0]);
    return value ? [{ name, value, links: group.flatMap((config) => linkOf(config, describeTarget)) }] : [];
  });
}

function groupByName(configs: readonly DerivedFieldConfig[]): Map<string, DerivedFieldConfig[]> {
  const groups = new Map<string, DerivedFieldConfig[]>();
  for (const config of configs) {
    groups.set(config.name, [...(groups.get(config.name) ?? []), config]);
  }
  return groups;
}

function match(entry: Pick<LogEntry, 'line' | 'labels'>, config: DerivedFieldConfig): string | undefined {
  let expression: RegExp;
  try {
    expression = new RegExp(config.matcherRegex);
  } catch {
    return undefined;
  }
  if (config.matcherType === 'label') {
    const name = [...entry.labels.keys()].find((label) => expression.test(label));
    return name === undefined ? undefined : entry.labels.get(name);
  }
  return expression.exec(entry.line)?.[1];
}

function linkOf(config: DerivedFieldConfig, describeTarget: DescribeTarget): DataLink[] {
  const { url = '', urlDisplayLabel: title = '', datasourceUid, targetBlank } = config;
  if (datasourceUid === undefined) {
    return url === '' ? [] : [{ title, url, targetBlank }];
  }
  const target = describeTarget(datasourceUid);
  const queryType = queryTypeByTarget.get(target?.type ?? '');
  const datasourceName = target?.name ?? 'Data source not found';
  return [
    { title, url: '', targetBlank, internal: { query: { query: url, queryType }, datasourceUid, datasourceName } },
  ];
}
