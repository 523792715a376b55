import type { DataFrame } from '@grafana/data';
import { runAtOnce, type Steps } from '../model/cooperative';
import {
  perTrace,
  type ComparedOperation,
  type OperationTotals,
  type Sides,
  type TraceComparison,
} from '../analysis/compareTraces';
import type { Notice } from '../model/notice';
import { frameSteps } from './buildFrame';
import type { Column } from './column';
import { FIELD_TYPE } from './fieldType';
import { buildNotices } from './notices';
import { tableConfig, type TableConfigOptions } from './tableConfig';

export interface ComparisonFrameOptions {
  readonly refId: string;
  /** What people call the two sides: `slow`, `fast`. */
  readonly names?: Sides<string>;
  readonly notices?: readonly Notice[];
}

export const DEFAULT_SIDE_NAMES: Sides<string> = { left: 'left', right: 'right' };

/** What changed per operation from the left to the right side, the largest change first; all numbers per trace. */
export function buildComparisonFrame(comparison: TraceComparison, options: ComparisonFrameOptions): DataFrame {
  return runAtOnce(comparisonFrameSteps(comparison, options));
}

/** `buildComparisonFrame` in steps. */
export function* comparisonFrameSteps(comparison: TraceComparison, options: ComparisonFrameOptions): Steps<DataFrame> {
  const names = options.names ?? DEFAULT_SIDE_NAMES;
  const measures = [
    measureColumns('self', 'Self time', comparison, names, { unit: 'ns', width: 100 }),
    measureColumns('errors', 'Errors', comparison, names, { width: 80 }),
    measureColumns('count', 'Spans', comparison, names, { width: 80 }),
  ];
  // What changed fits a narrow screen; from what to what may lie beyond its edge.
  const columns = [...measures.map(({ change }) => change), ...measures.flatMap(({ sides }) => sides)];
  return yield* frameSteps(comparison.operations, [...OPERATION_COLUMNS, ...columns], {
    name: 'Comparison',
    refId: options.refId,
    meta: {
      preferredVisualisationType: 'table',
      notices: buildNotices([...perTraceNotice(comparison.traceCount, names), ...(options.notices ?? [])]),
    },
  });
}

const OPERATION_COLUMNS: ReadonlyArray<Column<ComparedOperation>> = [
  {
    name: 'service',
    type: FIELD_TYPE.string,
    config: tableConfig('Service', { width: 130 }),
    read: ({ serviceName }) => serviceName,
  },
  {
    name: 'operation',
    type: FIELD_TYPE.string,
    config: tableConfig('Operation', { width: 230 }),
    read: ({ name }) => name,
  },
];

function measureColumns(
  of: keyof OperationTotals,
  title: string,
  { traceCount }: TraceComparison,
  names: Sides<string>,
  config: TableConfigOptions
): { readonly change: Column<ComparedOperation>; readonly sides: ReadonlyArray<Column<ComparedOperation>> } {
  const type = FIELD_TYPE.number;
  return {
    change: {
      name: `${of}Change`,
      type,
      config: tableConfig(`${title}: change`, config),
      read: ({ change }) => change[of],
    },
    sides: [
      {
        name: `${of}Left`,
        type,
        config: tableConfig(`${title}: ${names.left}`, config),
        read: ({ left }) => perTrace(left[of], traceCount.left),
      },
      {
        name: `${of}Right`,
        type,
        config: tableConfig(`${title}: ${names.right}`, config),
        read: ({ right }) => perTrace(right[of], traceCount.right),
      },
    ],
  };
}

function perTraceNotice({ left, right }: Sides<number>, names: Sides<string>): Notice[] {
  if (left === 1 && right === 1) {
    return [];
  }
  return [
    {
      severity: 'info',
      text: `All numbers are per trace: ${left} on the side "${names.left}", ${right} on the side "${names.right}".`,
    },
  ];
}
