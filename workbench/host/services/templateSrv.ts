import type { ScopedVars, TimeRange, TypedVariableModel } from '@grafana/data';
import type { TemplateSrv, VariableInterpolation } from '@grafana/runtime';
import { get } from 'lodash';
import { formatVariable } from './formatVariable';
import { readDataContext } from './readDataContext';

/** `$name`, `[[name:format]]` and `${name.path:format}`. */
const VARIABLE = /\$(\w+)|\[\[(\w+?)(?::(\w+))?\]\]|\$\{(\w+)(?:\.([^:}]+))?(?::([^}]+))?\}/g;

/** Where the values of the variables bar are kept, as the template service needs to see it. */
export interface VariableValues {
  readonly names: readonly string[];
  value(name: string): string | undefined;
}

/**
 * Grafana's template service over the variables bar, `$__from`/`$__to`, scoped variables with paths, and the data
 * context of links (`${__value.raw}`, `${__data.fields.name}`). A variable nobody knows stays as it was written.
 */
export class WorkbenchTemplateSrv implements TemplateSrv {
  private timeRange?: TimeRange;

  constructor(private readonly variables: VariableValues) {}

  getVariables(): TypedVariableModel[] {
    return this.variables.names.map(
      (name) =>
        ({
          type: 'textbox',
          name,
          id: name,
          label: name,
          query: '',
          current: currentOf(this.variables.value(name)),
        }) as unknown as TypedVariableModel
    );
  }

  containsTemplate(target?: string): boolean {
    return target !== undefined && new RegExp(VARIABLE).test(target);
  }

  updateTimeRange(timeRange: TimeRange): void {
    this.timeRange = timeRange;
  }

  replace(
    target = '',
    scopedVars: ScopedVars = {},
    format?: string | Function,
    interpolations?: VariableInterpolation[]
  ): string {
    return target.replace(VARIABLE, (match, plain, bracketed, bracketedFormat, braced, fieldPath, bracedFormat) => {
      const variableName: string = plain ?? bracketed ?? braced;
      const ownFormat: string | undefined = bracketedFormat ?? bracedFormat;
      const found = this.lookUp(variableName, fieldPath, scopedVars);
      const value =
        found === undefined || found === null
          ? match
          : typeof format === 'function' && ownFormat === undefined
            ? String(format(found, { name: variableName }))
            : formatVariable(found, variableName, ownFormat ?? (typeof format === 'string' ? format : undefined));
      interpolations?.push({ match, variableName, fieldPath, format: ownFormat, value, found: value !== match });
      return value;
    });
  }

  private lookUp(name: string, fieldPath: string | undefined, scopedVars: ScopedVars): unknown {
    const scoped = Object.hasOwn(scopedVars, name) ? scopedVars[name]?.value : undefined;
    if (scoped !== undefined) {
      return fieldPath === undefined ? scoped : get(scoped, fieldPath);
    }
    if (name.startsWith('__')) {
      return readDataContext(name, fieldPath, scopedVars) ?? this.timeVariable(name);
    }
    return this.variables.value(name);
  }

  private timeVariable(name: string): unknown {
    switch (name) {
      case '__from':
        return this.timeRange?.from.valueOf();
      case '__to':
        return this.timeRange?.to.valueOf();
      default:
        return undefined;
    }
  }
}

const currentOf = (value: string | undefined) => ({ text: value ?? '', value: value ?? '', selected: true });
