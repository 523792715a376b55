import { colorManipulator, type GrafanaTheme2 } from '@grafana/data';

/** Too close to the red of errors; Grafana too leaves them out. */
const TOO_RED = /red/i;

/** Against the panel's background; paler bars cannot be told from it. */
const MIN_CONTRAST = 2.5;

/** A colour for each service: by its name, moved on while the neighbour before it has the same. */
export function serviceColors(services: readonly string[], theme: GrafanaTheme2): ReadonlyMap<string, string> {
  const background = theme.colors.background.primary;
  const palette = theme.visualization.palette
    .filter((name) => !TOO_RED.test(name))
    .map((name) => theme.visualization.getColorByName(name))
    .filter((color) => colorManipulator.getContrastRatio(color, background) >= MIN_CONTRAST);
  const colors = new Map<string, string>();
  let before = -1;
  for (const service of services) {
    const hash = [...service.toLowerCase()].reduce((sum, char) => (sum * 31 + char.codePointAt(0)!) % 1_000_003, 7);
    let index = hash % palette.length;
    if (index === before) {
      index = (index + 1) % palette.length;
    }
    before = index;
    colors.set(service, palette[index]);
  }
  return colors;
}
