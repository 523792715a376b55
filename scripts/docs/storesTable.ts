import type { BackendDefinition } from '../../src/backends/backend';
import type { BackendCapabilities } from '../../src/query/capabilities';

const YES = 'yes';
const NO = '–';

interface Row {
  readonly feature: string;
  cell(capabilities: BackendCapabilities): string;
}

const yesNo = (is: boolean | undefined): string => (is ? YES : NO);

const SEARCHES: Readonly<Record<BackendCapabilities['search'], string>> = {
  none: NO,
  'needs-service': 'service by service',
  any: YES,
};

const LANGUAGES: Readonly<Record<NonNullable<BackendCapabilities['queryLanguage']>, string>> = { traceql: 'TraceQL' };

/** A row for every capability: a new one does not compile without. */
const ROWS: { readonly [key in keyof Required<BackendCapabilities>]: Row } = {
  traceWindow: { feature: 'Lookup bounded in time', cell: ({ traceWindow }) => yesNo(traceWindow) },
  rawTraces: { feature: 'Trace as it was stored', cell: ({ rawTraces }) => yesNo(rawTraces) },
  search: { feature: 'Search', cell: ({ search }) => SEARCHES[search] },
  durationRange: { feature: 'Search by duration', cell: ({ durationRange }) => yesNo(durationRange) },
  attributeOperators: {
    feature: 'Attribute operators applied by the server; the others are applied to fetched traces',
    cell: ({ attributeOperators }) => attributeOperators.map((operator) => `\`${operator}\``).join(' ') || NO,
  },
  repeatedKeys: {
    feature: 'Several values for one attribute applied by the server; else to fetched traces',
    cell: ({ repeatedKeys }) => yesNo(repeatedKeys),
  },
  statusFilter: {
    feature: 'Status applied by the server; else to fetched traces',
    cell: ({ statusFilter }) => yesNo(statusFilter),
  },
  remoteServices: {
    feature: 'Search by the service that is called',
    cell: ({ remoteServices }) => yesNo(remoteServices),
  },
  lowerCaseNames: { feature: 'Keeps names in lower case only', cell: ({ lowerCaseNames }) => yesNo(lowerCaseNames) },
  queryLanguage: {
    feature: 'Language of its own, for searches and metrics',
    cell: ({ queryLanguage }) => (queryLanguage ? LANGUAGES[queryLanguage] : NO),
  },
  spanNames: { feature: 'Lists operations of a service', cell: ({ spanNames }) => yesNo(spanNames) },
  attributeCatalogue: {
    feature: 'Lists attribute keys and values',
    cell: ({ attributeCatalogue }) => yesNo(attributeCatalogue),
  },
  dependencies: { feature: 'Keeps a graph of services', cell: ({ dependencies }) => yesNo(dependencies) },
  timeSeries: { feature: 'Keeps rate, errors and durations', cell: ({ timeSeries }) => yesNo(timeSeries) },
};

/** Feature × store, in Markdown, out of what the definitions declare. */
export function renderStoresTable(definitions: readonly BackendDefinition[]): string {
  const rows = [
    ['', ...definitions.map(({ label }) => label)],
    ...Object.values(ROWS).map(({ feature, cell }) => [
      feature,
      ...definitions.map(({ capabilities }) => cell(capabilities)),
    ]),
    [
      'Is known by',
      ...definitions.map(({ signatures = [] }) => signatures.map(({ path }) => `\`${path}\``).join(', ') || NO),
    ],
    [
      'Settings of its own',
      ...definitions.map(({ settingsFields }) => settingsFields.map(({ label }) => label).join(', ') || NO),
    ],
  ];
  const widths = rows[0].map((_, column) => Math.max(3, ...rows.map((row) => row[column].length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at])).join(' | ')} |`;
  const [head, ...body] = rows;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}
