const SHAPES = new Map([
  [
    'spinner',
    '<circle cx="12" cy="12" r="8" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="38 13"/>',
  ],
  [
    'fa fa-spinner',
    '<circle cx="12" cy="12" r="8" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="38 13"/>',
  ],
  ['home', '<path d="M4 11l8-7 8 7v9h-5v-6H9v6H4z"/>'],
  [
    'globe',
    '<path d="M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm0 2c1 1 2 3.500 2 7s-1 6-2 7c-1-1-2-3.500-2-7s1-6 2-7zM5 11h14v2H5z"/>',
  ],
  [
    'angle-double-left',
    '<path d="M10 6l1.400 1.400L6.800 12l4.600 4.600L10 18l-6-6zM17 6l1.400 1.400-4.600 4.600 4.600 4.600L17 18l-6-6z"/>',
  ],
  ['layers', '<path d="M12 3l9 5-9 5-9-5zM5 13l7 4 7-4 2 1-9 5-9-5z"/>'],
]);

/**
 * A stand-in for an icon that Grafana has but the npm package of @grafana/ui lacks (99 of 296 in 12.4.10): a few drawn
 * ones where users look for them, a rounded square for the rest, so that nothing on the page stays empty.
 */
export function placeholderIcon(name: string): string {
  const shape =
    SHAPES.get(name) ??
    '<rect x="5" y="5" width="14" height="14" rx="3" fill="none" stroke="currentColor" stroke-width="2"/>';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24" fill="currentColor">${shape}</svg>`;
}
