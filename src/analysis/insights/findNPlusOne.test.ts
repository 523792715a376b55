import { traceFromText } from '../../../testkit/traceFromText';
import { runAtOnce } from '../../model/cooperative';
import type { Span } from '../../model/trace';
import { OperationNumbers } from '../operationNumbers';
import { CallNumbers } from './callIdentity';
import { findNPlusOneSteps } from './findNPlusOne';

/** Counts how often it is asked what kind a call is of: that is what takes the time. */
class CountingNumbers extends CallNumbers {
  asked = 0;

  override ofKind(span: Span): number {
    this.asked++;
    return super.ofKind(span);
  }
}

/** Ten calls one after the other below a span of 100 ms, from `from` on, that take so many milliseconds together. */
function tenCalls(name: string, from: number, together: number, marks = ''): string {
  const each = together / 10;
  return Array.from(
    { length: 10 },
    (_, i) =>
      `db      ${name}   [${(from + i * each).toFixed(2)}-${(from + (i + 1) * each).toFixed(2)}]  client ${marks}\n`
  ).join('');
}

function found(...calls: readonly string[]): { readonly loops: readonly string[]; readonly asked: number } {
  const trace = traceFromText(`shop  GET /cart  [0----100]\n${calls.join('')}`);
  const numbers = new CountingNumbers(new OperationNumbers(trace));
  const insights = runAtOnce(findNPlusOneSteps(trace, { numbers, timeOnPath: undefined }));
  return { loops: insights.map(({ text }) => text.replace(/ in sequence.*/, '')), asked: numbers.asked };
}

describe('findNPlusOne, before it looks at what calls of one operation ask', () => {
  it('passes by those that take a tenth of their caller together, however many', () => {
    expect(found(tenCalls('SELECT', 0, 10))).toEqual({ loops: [], asked: 0 });
  });

  it('looks at those that take more', () => {
    const { loops, asked } = found(tenCalls('SELECT', 0, 10.1));
    expect(loops).toEqual(['shop: GET /cart calls db: SELECT 10 times']);
    expect(asked).toBeGreaterThanOrEqual(10);
  });

  it('decides for each operation, not for the caller', () => {
    const { loops, asked } = found(tenCalls('SELECT', 0, 9), tenCalls('INSERT', 10, 9));
    expect([loops, asked]).toEqual([[], 0]);
  });

  it('takes all kinds of one operation together, and each kind by itself afterwards', () => {
    const [one, other] = ['{server.address="a"}', '{server.address="b"}'];
    const neither = found(tenCalls('SELECT', 0, 6, one), tenCalls('SELECT', 10, 6, other));
    expect([neither.loops, neither.asked]).toEqual([[], 20]);
    const { loops } = found(tenCalls('SELECT', 0, 2, one), tenCalls('SELECT', 10, 11, other));
    expect(loops).toEqual(['shop: GET /cart calls db: SELECT 10 times']);
  });
});
