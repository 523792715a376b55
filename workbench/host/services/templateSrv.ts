import type { ScopedVars, TimeRange, TypedVariableModel } from '@grafana/data';
import type { TemplateSrv, VariableInterpolation } from '@grafana/runtime';
import { get } from 'lodash';
import { formatVariable } from './formatVariable';
import { writeTimeRange } from '../timeRangeUrl';
import { readDataContext } from './readDataContext';

/** `$name`, `[[name:format]]` and `${name.path:format}`. */
const VARIABLE = /\$(\w+)|\[\[(\w+?)(?::(\w+))?\]\]|\$\{(\w+)(?:\.([^:}]+))?(?::([^}]+))?\}/g;

/** Parts of an address, ready as they are. */
const URL_MACROS = new Set(['__url_time_range', '__all_variables']);

/** Where the values of the variables are kept, as the template service needs to see it. */
export interface VariableValues {
  readonly names: readonly string[];
  value(name: string): string | readonly string[] | undefined;
  /** What the format `text` shows, where it is not the value. */
  text?(name: string): string | undefined;
  /** As addresses carry them. */
  urlParameters?(): ReadonlyArray<readonly [string, string]>;
}

/**
 * Grafana's template service over the variables bar, `$__from`/`$__to`, scoped variables with paths, and the data
 * context of links (`${__value.raw}`, `${__data.fields.name}`). A variable nobody knows stays as it was written.
 */
export class WorkbenchTemplateSrv implements TemplateSrv {
  private timeRange?: TimeRange;

  constructor(private variables: VariableValues) {}

  /** A dashboard brings its own variables, and puts those of before back when it is left. */
  use(variables: VariableValues): void {
    this.variables = variables;
  }

  getVariables(): TypedVariableModel[] {
    return this.variables.names.map(
      (name) =>
        ({
          type: 'textbox',
          name,
          id: name,
          label: name,
          query: '',
          current: currentOf(this.variables, name),
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
      const found =
        ownFormat === 'text' && !Object.hasOwn(scopedVars, variableName)
          ? (this.variables.text?.(variableName) ?? this.lookUp(variableName, fieldPath, scopedVars))
          : this.lookUp(variableName, fieldPath, scopedVars);
      const value =
        found === undefined || found === null
          ? match
          : URL_MACROS.has(variableName)
            ? String(found)
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
      case '__url_time_range':
        return this.timeRange && new URLSearchParams(writeTimeRange(this.timeRange)).toString();
      case '__all_variables':
        return new URLSearchParams(this.variables.urlParameters?.().map((pair) => [...pair])).toString();
      default:
        return undefined;
    }
  }
}

function currentOf(variables: VariableValues, name: string) {
  const value = variables.value(name) ?? '';
  return { text: variables.text?.(name) ?? value, value, selected: true };
}
