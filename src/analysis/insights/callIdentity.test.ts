import fc from 'fast-check';
import { checkProperty } from '../../../testkit/checkProperty';
import { flatSpan, service } from '../../../testkit/flatSpan';
import { assembleTrace } from '../../model/assembleTrace';
import { Attributes, type AttributeValue } from '../../model/attributes';
import { runAtOnce } from '../../model/cooperative';
import type { SpanKind, Trace } from '../../model/trace';
import { OperationNumbers } from '../operationNumbers';
import { CallNumbers } from './callIdentity';

interface Call {
  readonly serviceName: string;
  readonly name: string;
  readonly kind: SpanKind;
  readonly isError: boolean;
  readonly target: string | undefined;
  readonly table: string | undefined;
  readonly id: number;
  readonly address: string | undefined;
}

/** So few of each that one operation meets several targets and statements, and one statement several operations. */
const someCalls = fc.array(
  fc.record<Call>({
    serviceName: fc.constantFrom('shop', 'db'),
    name: fc.constantFrom('a', 'b'),
    kind: fc.constantFrom('client', 'internal'),
    isError: fc.boolean(),
    target: fc.constantFrom('x', 'y', 'z', undefined),
    table: fc.constantFrom('t', 'u', 'v', undefined),
    id: fc.constantFrom(1, 2),
    address: fc.constantFrom('/1', '/2', '/3', undefined),
  }),
  { minLength: 2, maxLength: 60 }
);

function attributesOf({ target, table, id, address }: Call): Attributes {
  const told: Array<[string, AttributeValue | undefined]> = [
    ['server.address', target],
    ['db.query.text', table && `SELECT * FROM ${table} WHERE id = ${id}`],
    ['url.full', address],
  ];
  return Attributes.of(
    Object.fromEntries(told.filter((entry): entry is [string, AttributeValue] => entry[1] !== undefined))
  );
}

/** All calls below one span, in their order. */
function traceOf(calls: readonly Call[]): Trace {
  const rootId = 'f'.repeat(16);
  return assembleTrace([
    flatSpan({ spanId: rootId }),
    ...calls.map((call, index) =>
      flatSpan({
        spanId: (index + 1).toString(16).padStart(16, '0'),
        parentSpanId: rootId,
        name: call.name,
        kind: call.kind,
        resource: service(call.serviceName),
        status: { code: call.isError ? 'error' : 'unset' },
        attributes: attributesOf(call),
      })
    ),
  ]) as Trace;
}

const kindOf = ({ serviceName, name, kind, target, table }: Call) =>
  JSON.stringify([serviceName, name, kind, target ?? '', table ?? '']);
const questionOf = (call: Call) => JSON.stringify([kindOf(call), call.table && call.id, call.address ?? '']);

/** Which of the items before it each is the same as, if only itself: what numbers say when one does not look at them. */
function firstsOf(items: readonly unknown[]): number[] {
  return items.map((item) => items.indexOf(item));
}

describe('CallNumbers', () => {
  it('gives equal numbers to calls of one operation, target and form of statement, and to no others', () => {
    checkProperty(
      fc.property(someCalls, (calls) => {
        const trace = traceOf(calls);
        const numbers = new CallNumbers(new OperationNumbers(trace));
        const [, ...spans] = trace.spans;
        const first = spans.map((span) => numbers.ofKind(span));
        expect(firstsOf(first)).toEqual(firstsOf(calls.map(kindOf)));
        // Asked again the other way round, when all of them have been seen.
        expect([...spans].reverse().map((span) => numbers.ofKind(span))).toEqual([...first].reverse());
      })
    );
  });

  it('gives equal numbers to calls that ask the same as a failed one, and to no others', () => {
    checkProperty(
      fc.property(someCalls, (calls) => {
        const trace = traceOf(calls);
        const numbers = new CallNumbers(new OperationNumbers(trace));
        const { byCall, count } = runAtOnce(numbers.questionsBelowSteps(trace.spans[0]));
        const questions = [...byCall];
        const asked = new Set(calls.filter(({ isError }) => isError).map(questionOf));
        const expected = calls.map((call) => (asked.has(questionOf(call)) ? questionOf(call) : 'nothing'));
        expect(firstsOf(questions)).toEqual(firstsOf(expected));
        expect(questions.map((question) => question === -1)).toEqual(expected.map((text) => text === 'nothing'));
        expect([...new Set(questions)].filter((question) => question !== -1).sort((a, b) => a - b)).toEqual(
          Array.from({ length: count }, (_, number) => number)
        );
      })
    );
  });
});
