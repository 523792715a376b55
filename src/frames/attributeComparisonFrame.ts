import type { DataFrame } from '@grafana/data';
import { MAX_KEYS, type OverRepresentation, type OverRepresentedValue } from '../analysis/overRepresentedAttributes';
import type { Notice } from '../model/notice';
import { buildFrame } from './buildFrame';
import type { Column } from './column';
import { DEFAULT_SIDE_NAMES, type ComparisonFrameOptions } from './comparisonFrame';
import { FIELD_TYPE } from './fieldType';
import { buildNotices } from './notices';
import { tableConfig } from './tableConfig';
import { frameValue } from './tags';

/** Keys that a notice names before it goes on with a number. */
const NAMED_KEYS = 8;

/** Attribute values that are typical for one side: in how many traces of each, the largest difference first. */
export function buildAttributeComparisonFrame(found: OverRepresentation, options: ComparisonFrameOptions): DataFrame {
  return buildFrame(found.values, attributeColumns(found, options), {
    name: 'Attributes that differ',
    refId: options.refId,
    meta: {
      preferredVisualisationType: 'table',
      notices: buildNotices([...boundNotices(found), ...(options.notices ?? [])]),
    },
  });
}

function attributeColumns(
  { traceCount }: OverRepresentation,
  { names = DEFAULT_SIDE_NAMES }: ComparisonFrameOptions
): Array<Column<OverRepresentedValue>> {
  return [
    { name: 'attribute', type: FIELD_TYPE.string, config: tableConfig('Attribute'), read: ({ key }) => key },
    {
      name: 'attributeValue',
      type: FIELD_TYPE.string,
      config: tableConfig('Value'),
      read: ({ value }) => String(frameValue(value)),
    },
    {
      name: 'difference',
      type: FIELD_TYPE.number,
      config: tableConfig(`Difference (${names.right} − ${names.left})`, {
        width: 120,
        unit: 'percentunit',
        decimals: 1,
      }),
      read: ({ difference }) => difference,
    },
    {
      name: 'left',
      type: FIELD_TYPE.number,
      config: tableConfig(`Traces with it: ${names.left}, of ${traceCount.left}`, { width: 120 }),
      read: ({ traces }) => traces.left,
    },
    {
      name: 'right',
      type: FIELD_TYPE.number,
      config: tableConfig(`Traces with it: ${names.right}, of ${traceCount.right}`, { width: 120 }),
      read: ({ traces }) => traces.right,
    },
  ];
}

function boundNotices({ values, omittedValues, thinnedKeys, isCut }: OverRepresentation): Notice[] {
  const texts: string[] = [];
  if (omittedValues > 0) {
    texts.push(`Showing the ${values.length} values with the largest difference; ${omittedValues} more differ.`);
  }
  if (thinnedKeys.length > 0) {
    const more = thinnedKeys.length > NAMED_KEYS ? ` and ${thinnedKeys.length - NAMED_KEYS} more` : '';
    texts.push(
      'Different nearly everywhere, so that values of one trace only are left out: ' +
        `${thinnedKeys.slice(0, NAMED_KEYS).join(', ')}${more}.`
    );
  }
  if (isCut) {
    texts.push(`Only the first ${MAX_KEYS} attribute keys were compared.`);
  }
  return texts.map((text) => ({ severity: 'info', text }));
}
