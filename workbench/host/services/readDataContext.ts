import { formattedValueToString, getFieldDisplayName, type DataContextScopedVar, type ScopedVars } from '@grafana/data';

/** Grafana accepts `fields.name`, `fields["a name"]` and `fields[0]`. */
const FIELD_PATH = /^fields(?:\.([\w-]+)|\[(?:"([^"]+)"|'([^']+)'|(\d+))\])$/;

/**
 * The value of a link's own variables (`__value`, `__data`, `__field`) for the row that Grafana put into
 * `scopedVars.__dataContext` (getLinksSupplier of @grafana/data). `undefined` where there is no such row or field.
 */
export function readDataContext(name: string, path: string | undefined, scopedVars: ScopedVars): unknown {
  const context: DataContextScopedVar['value'] | undefined = scopedVars.__dataContext?.value;
  if (context === undefined || context.rowIndex === undefined) {
    return undefined;
  }
  const { frame, field, rowIndex } = context;
  switch (name) {
    case '__value':
      return readValue(path, field.values[rowIndex], () =>
        field.display ? formattedValueToString(field.display(field.values[rowIndex])) : String(field.values[rowIndex])
      );
    case '__field':
      return path === 'name' ? getFieldDisplayName(field, frame) : undefined;
    case '__data': {
      const [, plain, doubleQuoted, singleQuoted, index] = FIELD_PATH.exec(path ?? '') ?? [];
      const wanted = plain ?? doubleQuoted ?? singleQuoted;
      const found =
        index === undefined
          ? frame.fields.find(
              (candidate) => candidate.name === wanted || getFieldDisplayName(candidate, frame) === wanted
            )
          : frame.fields[Number(index)];
      return found?.values[rowIndex];
    }
    default:
      return undefined;
  }
}

function readValue(path: string | undefined, raw: unknown, text: () => string): unknown {
  switch (path) {
    case 'text':
      return text();
    case 'numeric':
      return Number(raw);
    case undefined:
    case 'raw':
      return raw;
    default:
      return undefined;
  }
}
