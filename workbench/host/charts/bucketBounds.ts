/**
 * The lower and upper bound of each bucket of which only one bound, or the middle, is known: buckets are as wide as the
 * smallest distance between two of them, or `width` where it is given. On a logarithmic axis the ratio is what is alike.
 */
export function bucketBounds(
  values: readonly number[],
  at: 'lower' | 'middle' | 'upper',
  options: { readonly width?: number | null; readonly isLog?: boolean } = {}
): ReadonlyMap<number, readonly [number, number]> {
  const distinct = [...new Set(values)].sort((a, b) => a - b);
  const isLog = options.isLog === true && distinct[0] > 0;
  const scale = isLog ? Math.log : (value: number) => value;
  const back = isLog ? Math.exp : (value: number) => value;
  const gaps = distinct.slice(1).map((value, index) => scale(value) - scale(distinct[index]));
  const width = options.width ?? Math.min(...gaps, ...(gaps.length === 0 ? [1] : []));
  const before = at === 'lower' ? 0 : at === 'upper' ? width : width / 2;
  return new Map(
    distinct.map((value) => [value, [back(scale(value) - before), back(scale(value) - before + width)] as const])
  );
}
