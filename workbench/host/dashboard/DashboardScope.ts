import type { VariableValues } from '../services/templateSrv';
import type { AdHocFilter, VariableDefinition, VariableValue } from './dashboardJson';
import type { VariableOption } from './variableOptions';

/** What Grafana writes into addresses for "All". */
export const ALL = '$__all';

/** A variable with what it can be and what it is. */
export interface ResolvedVariable {
  readonly definition: VariableDefinition;
  readonly options: readonly VariableOption[];
  /** As the address has it: `$__all`, one value, or several. */
  readonly value: VariableValue;
  readonly filters: readonly AdHocFilter[];
  /** Why its values could not be had. */
  readonly problem?: string;
}

/** The variables of a dashboard at one moment, as the template service and the panels read them. */
export class DashboardScope implements VariableValues {
  constructor(readonly variables: readonly ResolvedVariable[]) {}

  get names(): readonly string[] {
    return this.variables.map(({ definition }) => definition.name);
  }

  find(name: string): ResolvedVariable | undefined {
    return this.variables.find(({ definition }) => definition.name === name);
  }

  /** With "All" spelled out: every value there is, or what the variable says for it. */
  value(name: string): VariableValue | undefined {
    const variable = this.find(name);
    if (!variable || variable.definition.type === 'adhoc') {
      return undefined;
    }
    const { definition, options, value } = variable;
    if ([value].flat().includes(ALL)) {
      return definition.allValue ?? options.map((option) => option.value);
    }
    return value;
  }

  text(name: string): string | undefined {
    const variable = this.find(name);
    if (!variable) {
      return undefined;
    }
    const values = [variable.value].flat();
    const nameOf = (value: string) => variable.options.find((option) => option.value === value)?.text ?? value;
    return values.includes(ALL) ? 'All' : values.map(nameOf).join(' + ');
  }

  /** As addresses carry them: `var-service=checkout`. */
  urlParameters(): ReadonlyArray<readonly [string, string]> {
    return this.variables.flatMap(({ definition, value, filters }) => {
      const name = `var-${definition.name}`;
      return definition.type === 'adhoc'
        ? filters.map((filter) => [name, writeFilter(filter)] as const)
        : [value].flat().map((item) => [name, item] as const);
    });
  }

  /** What the ad-hoc variables of a data source ask for. */
  filtersOf(uid: string): readonly AdHocFilter[] {
    return this.variables
      .filter(({ definition }) => definition.type === 'adhoc' && this.fill(definition.datasource?.uid ?? '') === uid)
      .flatMap(({ filters }) => filters);
  }

  /** Plain variables in a text such as a data source's uid. */
  fill(text: string): string {
    return text.replace(/\$\{?(\w+)\}?/g, (match, name: string) => [this.value(name) ?? match].flat().join(','));
  }

  /** Changes when, and only when, a variable that occurs in the text does. */
  fingerprint(text: string): string {
    const used = this.names.filter((name) => new RegExp(`\\$(${name}\\b|\\{${name}[:.}])|\\[\\[${name}\\b`).test(text));
    return JSON.stringify(used.map((name) => [name, this.value(name)]));
  }
}

/** `key|operator|value`; a bar within them is written as Grafana does. */
export const writeFilter = ({ key, operator, value }: AdHocFilter): string =>
  [key, operator, value].map((part) => part.replace(/\|/g, '__gfp__')).join('|');

export function readFilter(text: string): AdHocFilter | undefined {
  const [key, operator, value, ...rest] = text.split('|').map((part) => part.replace(/__gfp__/g, '|'));
  return key && operator && value !== undefined && rest.length === 0 ? { key, operator, value } : undefined;
}
