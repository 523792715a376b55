/** What a dashboard variable asks a trace store for: names, not traces. */
import type { DataQuery } from '@grafana/schema';

import { formatChoices } from './choices';
import { expandVariables, type ReplaceVariables } from './expandVariables';
import type { ForeignQuery } from './foreign/dialect';
import { readText } from './readQuery';

export const VARIABLE_KINDS = ['services', 'operations', 'attributeKeys', 'attributeValues'] as const;
export type VariableKind = (typeof VARIABLE_KINDS)[number];

/** Texts may hold variables; `service` may name several, see `readChoices`. */
export interface VariableQuery extends DataQuery {
  readonly kind: VariableKind;
  /** Of all but `services`: only what this service has. Missing means every service. */
  readonly service?: string;
  /** Of `attributeValues`. */
  readonly key?: string;
}

export const DEFAULT_VARIABLE_QUERY: VariableQuery = { refId: 'variable', kind: 'services' };

/**
 * Anything → a variable query. Reads our own shape; text such as `services`, `operations(checkout)` or
 * `values(http.route, checkout)`, which is how a variable is quickest written by hand; and what Grafana's Tempo source
 * saves: `{type: 0}` for names of labels, `{type: 1, label}` for their values (12.4, tempo/VariableQueryEditor.tsx).
 */
export function normalizeVariableQuery(saved: unknown): VariableQuery {
  if (typeof saved === 'string') {
    return fromText(saved);
  }
  if (typeof saved !== 'object' || saved === null) {
    return DEFAULT_VARIABLE_QUERY;
  }
  const record = saved as ForeignQuery;
  const refId = readText(record.refId) ?? DEFAULT_VARIABLE_QUERY.refId;
  const kind = VARIABLE_KINDS.find((known) => known === record.kind);
  if (kind) {
    return { ...named(kind, readText(record.service), readText(record.key)), refId };
  }
  if (record.type === 0 || record.type === 1) {
    return { ...fromTempo(record.type, readText(record.label)), refId };
  }
  const text = readText(record.query);
  return text === undefined ? { ...DEFAULT_VARIABLE_QUERY, refId } : { ...fromText(text), refId };
}

/** Why a variable query cannot be asked, in a sentence; undefined when it can. */
export function variableQueryProblem({ kind, key }: VariableQuery): string | undefined {
  return kind === 'attributeValues' && !key?.trim() ? 'Name the attribute whose values are wanted.' : undefined;
}

/** One line that tells a variable query apart from others; `normalizeVariableQuery` reads it. */
export function displayVariableQuery({ kind, service, key }: VariableQuery): string {
  switch (kind) {
    case 'services':
      return 'services';
    case 'operations':
      return `operations(${service ?? ''})`;
    case 'attributeKeys':
      return `keys(${service ?? ''})`;
    case 'attributeValues':
      return `values(${[key ?? '', ...(service ? [service] : [])].join(', ')})`;
  }
}

/** Variables replaced; several values of a service stay several. */
export function interpolateVariableQuery(query: VariableQuery, replace: ReplaceVariables): VariableQuery {
  const service = query.service && formatChoices(expandVariables(query.service, replace).texts);
  const key = query.key && expandVariables(query.key, replace).texts[0];
  return { ...named(query.kind, service, key), refId: query.refId };
}

function named(kind: VariableKind, service: string | undefined, key?: string): VariableQuery {
  return {
    refId: DEFAULT_VARIABLE_QUERY.refId,
    kind,
    ...(kind !== 'services' && service?.trim() ? { service: service.trim() } : {}),
    ...(kind === 'attributeValues' && key?.trim() ? { key: key.trim() } : {}),
  };
}

/** Words before a parenthesis: ours, then those of Grafana's Prometheus, Loki and Tempo sources. */
const FUNCTIONS: ReadonlyMap<string, VariableKind> = new Map([
  ['services', 'services'],
  ['operations', 'operations'],
  ['keys', 'attributeKeys'],
  ['values', 'attributeValues'],
  ['label_names', 'attributeKeys'],
  ['label_values', 'attributeValues'],
  ['tag_values', 'attributeValues'],
]);

function fromText(text: string): VariableQuery {
  const [, name = '', list = ''] = /^\s*(\w+)\s*(?:\((.*)\))?\s*$/s.exec(text) ?? [];
  const kind = FUNCTIONS.get(name.toLowerCase());
  switch (kind) {
    case undefined:
      return text.trim() === '' ? DEFAULT_VARIABLE_QUERY : named('attributeValues', undefined, text);
    case 'attributeValues': {
      // A list of several services holds commas of its own.
      const comma = list.indexOf(',');
      return comma < 0 ? fromLabel(list.trim()) : named(kind, list.slice(comma + 1), list.slice(0, comma));
    }
    default:
      return named(kind, list);
  }
}

function fromTempo(type: 0 | 1, label: string | undefined): VariableQuery {
  // Its labels may carry a scope; `span.kind` is a name of its own.
  const key = (label ?? '').replace(/^(?:resource|span(?!\.kind$))?\.(?=.)/, '');
  return type === 0 ? named('attributeKeys', undefined) : fromLabel(key);
}

/** Tempo's words for what is no attribute here. */
function fromLabel(label: string): VariableQuery {
  switch (label) {
    case 'service.name':
    case 'service':
      return named('services', undefined);
    case 'name':
    case 'operation':
      return named('operations', undefined);
    default:
      return named('attributeValues', undefined, label);
  }
}
