import type { DataLink } from '@grafana/data';
import type { Correlation } from '../workbenchConfig';
import type { DerivedField, DescribeTarget } from './derivedFields';
import type { LogEntry } from './logEntry';

/** The column in which Grafana's Loki frame holds the log line. */
const LINE = 'Line';

/**
 * The fields that correlations from a Loki data source add to a line in Explore: the variables a regex or logfmt
 * transformation finds in the line (or in a label) are put into the target query. Lines without the variable get none.
 */
export function correlatedFields(
  entry: Pick<LogEntry, 'line' | 'labels'>,
  correlations: readonly Correlation[],
  describeTarget: DescribeTarget
): DerivedField[] {
  return correlations.flatMap(({ label, targetUID, config }) => {
    const fieldText = (name: string) => (name === LINE ? entry.line : entry.labels.get(name));
    const own = fieldText(config.field);
    const variables = new Map<string, string>(own === undefined ? [] : [[config.field, own]]);
    for (const { type, field, expression, mapValue } of config.transformations ?? []) {
      const text = fieldText(field ?? config.field) ?? '';
      for (const [name, value] of type === 'logfmt' ? logfmtPairs(text) : regexMatch(text, expression, mapValue)) {
        variables.set(name, value);
      }
    }
    const query = fill(config.target, variables);
    const [value] = [...variables.values()].slice(-1);
    if (query === undefined || value === undefined) {
      return [];
    }
    const target = describeTarget(targetUID);
    const internal = { query, datasourceUid: targetUID, datasourceName: target?.name ?? 'Data source not found' };
    const link: DataLink = { title: label, url: '', internal };
    return [{ name: label, value, links: [link] }];
  });
}

function regexMatch(text: string, expression = '', mapValue = 'value'): Array<[string, string]> {
  const found = new RegExp(expression).exec(text);
  const named = Object.entries(found?.groups ?? {});
  return named.length > 0 ? named : found?.[1] ? [[mapValue, found[1]]] : [];
}

const logfmtPairs = (text: string): Array<[string, string]> =>
  [...text.matchAll(/([\w.-]+)=(?:"((?:[^"\\]|\\.)*)"|(\S+))/g)].map(([, key, quoted, plain]) => [
    key,
    quoted ?? plain,
  ]);

/** The target query with its variables replaced, or nothing when one of them is unknown: such a link is not shown. */
function fill(target: Readonly<Record<string, unknown>>, variables: ReadonlyMap<string, string>) {
  let isComplete = true;
  const entries = Object.entries(target).map(([key, value]) => {
    if (typeof value !== 'string') {
      return [key, value];
    }
    const filled = value.replace(/\$\{(\w+)\}/g, (match, name: string) => {
      const known = variables.get(name);
      isComplete &&= known !== undefined;
      return known ?? match;
    });
    return [key, filled];
  });
  return isComplete ? Object.fromEntries(entries) : undefined;
}
