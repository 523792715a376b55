import { completionAt, type TraceqlCompletion } from './completionAt';
import { findProblem } from './parseTraceql';
import { traceqlTokens } from './traceqlTokens';

describe('what fits at the cursor', () => {
  it.each<[text: string, completion: TraceqlCompletion]>([
    ['', { expects: 'start', from: 0 }],
    ['{ ', { expects: 'name', from: 2 }],
    ['{ resource.serv', { expects: 'name', from: 2 }],
    ['{ status ', { expects: 'operator', from: 9 }],
    ['{ status =', { expects: 'value', from: 10, name: 'status' }],
    ['{ status = e', { expects: 'value', from: 11, name: 'status' }],
    ['{ resource.service.name = "che', { expects: 'value', from: 26, name: 'resource.service.name' }],
    ['{ resource.service.name = "a {', { expects: 'value', from: 26, name: 'resource.service.name' }],
    ['{ span."a b" =~ "x', { expects: 'value', from: 16, name: 'span."a b"' }],
    ['{ status = error ', { expects: 'conjunction', from: 17 }],
    ['{ status = error && ', { expects: 'name', from: 20 }],
    ['{ (duration > 5ms ', { expects: 'conjunction', from: 18 }],
    ['{ (.a = 1 || ', { expects: 'name', from: 13 }],
    ['{ name = "a } b" ', { expects: 'conjunction', from: 17 }],
    ['{ } | ', { expects: 'stage', from: 6 }],
    ['{ } | ra', { expects: 'stage', from: 6 }],
    ['{ } | rate() by (', { expects: 'name', from: 17 }],
    ['{ } | select(span.', { expects: 'name', from: 13 }],
    ['{ } | quantile_over_time(dur', { expects: 'name', from: 25 }],
    ['{ } with (', { expects: 'hint', from: 10 }],
  ])('%j', (text, completion) => {
    expect(completionAt(text)).toEqual(completion);
  });
});

describe('the first problem', () => {
  it.each([
    '',
    '{ }',
    '{ resource.service.name = "cart" && (span.http.status_code = 500 || .x != nil) }',
    '{ name = "a\\nb\\u00e9\\\\" } | rate() by (resource.service.name)',
    '{ resource.service.name =~ "$service" && duration > ${limit} }',
    '{ .a = 1 } >> { .b = 2 } | count() > 3',
    '{ status = error } | quantile_over_time(duration, .5, .95) by (name) with (sample=true)',
  ])('is none in %s', (text) => {
    expect(findProblem(text)).toBeUndefined();
  });

  it.each<[text: string, from: number, message: RegExp]>([
    ['{ status = }', 11, /“}”/],
    ['{ status = error', 15, /too early/],
    ['{ status == error }', 10, /“=/],
    ['{ } | rat()', 6, /“rat/],
  ])('is found in %s', (text, from, message) => {
    const problem = findProblem(text);
    expect(problem?.message).toMatch(message);
    expect(problem?.from).toBe(from);
  });
});

it('colours every piece by what it is', () => {
  const text = '{ resource.service.name = "a" && duration > 5ms } | rate() // fast';
  const pieces = traceqlTokens(text).map(({ from, type }, index, all) => [
    text.slice(from, all[index + 1]?.from),
    type,
  ]);
  expect(pieces.filter(([, type]) => type !== '')).toEqual([
    ['{', 'delimiter'],
    ['resource', 'tag'],
    ['.', 'delimiter'],
    ['service.name', 'variable'],
    ['=', 'operator'],
    ['"a"', 'string'],
    ['&&', 'operator'],
    ['duration', 'type'],
    ['>', 'operator'],
    ['5ms', 'number'],
    ['}', 'delimiter'],
    ['|', 'delimiter'],
    ['rate', 'keyword'],
    ['()', 'delimiter'],
    ['// fast', 'comment'],
  ]);
  expect(pieces.map(([piece]) => piece).join('')).toBe(text);
});
