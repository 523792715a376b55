import type { DataSourceApi, DataSourceRef, TimeRange } from '@grafana/data';
import { ALL, DashboardScope, readFilter, type ResolvedVariable } from './DashboardScope';
import type { VariableDefinition, VariableValue } from './dashboardJson';
import { customOptions, refineOptions, type VariableOption } from './variableOptions';

/** What resolving variables needs of the page. */
export interface VariableSources {
  /** Data sources of a plugin, by uid. */
  listDataSources(pluginId: string): ReadonlyArray<VariableOption & { readonly isDefault: boolean }>;
  getDataSource(ref: DataSourceRef | undefined): Promise<DataSourceApi>;
  /** Asks a data source for the values of a query variable. */
  ask(dataSource: DataSourceApi, definition: VariableDefinition, range: TimeRange): Promise<VariableOption[]>;
  /** Makes the variables resolved so far known to whatever interpolates. */
  use(scope: DashboardScope): void;
}

/**
 * Values for all variables in the order in which they stand on one another. The address decides; then what the dashboard
 * was saved with, as far as it is among the options; then "All" or the first option. Never rejects: a variable whose
 * values cannot be had says why.
 */
export async function resolveVariables(
  definitions: readonly VariableDefinition[],
  parameters: URLSearchParams,
  range: TimeRange,
  sources: VariableSources
): Promise<DashboardScope> {
  const resolved = new Map<string, ResolvedVariable>();
  const scope = () => new DashboardScope(definitions.flatMap(({ name }) => resolved.get(name) ?? []));
  for (const definition of inOrder(definitions)) {
    sources.use(scope());
    const { options, problem } = await optionsOf(definition, range, scope(), sources);
    const asked = parameters.getAll(`var-${definition.name}`);
    resolved.set(definition.name, {
      definition,
      options,
      problem,
      value: chooseValue(definition, asked, options),
      filters:
        definition.type === 'adhoc'
          ? asked.length > 0
            ? asked.flatMap((text) => readFilter(text) ?? [])
            : definition.filters
          : [],
    });
  }
  const complete = scope();
  sources.use(complete);
  return complete;
}

/** Whoever is mentioned by another comes first; otherwise as the dashboard has them. */
export function inOrder(definitions: readonly VariableDefinition[]): readonly VariableDefinition[] {
  const ordered: VariableDefinition[] = [];
  const visit = (definition: VariableDefinition, path: readonly VariableDefinition[]) => {
    if (ordered.includes(definition) || path.includes(definition)) {
      return;
    }
    definitions
      .filter((other) => other !== definition && mentions(definition, other.name))
      .forEach((other) => visit(other, [...path, definition]));
    ordered.push(definition);
  };
  definitions.forEach((definition) => visit(definition, []));
  return ordered;
}

/** Whether a variable's query or data source is written with another variable. */
export function mentions({ query, datasource, type }: VariableDefinition, name: string): boolean {
  return type === 'query' || type === 'adhoc'
    ? new RegExp(`\\$(${name}\\b|\\{${name}[:}])|\\[\\[${name}\\b`).test(JSON.stringify([query, datasource]))
    : false;
}

async function optionsOf(
  definition: VariableDefinition,
  range: TimeRange,
  scope: DashboardScope,
  sources: VariableSources
): Promise<{ readonly options: readonly VariableOption[]; readonly problem?: string }> {
  const { type, query, datasource } = definition;
  switch (type) {
    case 'datasource':
      return { options: refineOptions(sources.listDataSources(String(query)), definition) };
    case 'custom':
    case 'interval':
      return { options: customOptions(String(query ?? '')) };
    case 'query':
      try {
        const source = await sources.getDataSource(
          datasource && { ...datasource, uid: scope.fill(datasource.uid ?? '') }
        );
        return { options: refineOptions(await sources.ask(source, definition, range), definition) };
      } catch (error) {
        return { options: [], problem: error instanceof Error ? error.message : String(error) };
      }
    default:
      return { options: [] };
  }
}

function chooseValue(
  { type, query, current, includeAll, multi }: VariableDefinition,
  asked: readonly string[],
  options: readonly VariableOption[]
): VariableValue {
  if (type === 'adhoc') {
    return '';
  }
  if (asked.length > 0) {
    return multi ? asked : asked[0];
  }
  if (type === 'textbox' || type === 'constant') {
    return current ?? String(query ?? '');
  }
  const known = new Set([...options.map(({ value }) => value), ...(includeAll ? [ALL] : [])]);
  const saved = [current ?? []].flat().filter((value) => known.has(value));
  if (saved.length > 0) {
    return multi ? saved : saved[0];
  }
  const first = includeAll ? ALL : (options[0]?.value ?? '');
  return multi && first !== '' ? [first] : first;
}
