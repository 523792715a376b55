import { colorManipulator, type GrafanaTheme2 } from '@grafana/data';

/** Grafana's hues but red, which means failure, in three shades; the strongest first. */
const COLOR_NAMES = ['', 'semi-dark-', 'dark-'].flatMap((shade) =>
  ['blue', 'green', 'orange', 'purple', 'yellow'].map((hue) => shade + hue)
);

/** Against the panel's background; a paler bar cannot be told from it. */
const MIN_CONTRAST = 1.8;

/** A colour for each service, chosen by its name; the next free one when another service has it. */
export function serviceColors(services: readonly string[], theme: GrafanaTheme2): ReadonlyMap<string, string> {
  const palette = COLOR_NAMES.map((name) => theme.visualization.getColorByName(name)).filter(
    (color) => colorManipulator.getContrastRatio(color, theme.colors.background.primary) >= MIN_CONTRAST
  );
  const colors = new Map<string, string>();
  const taken = new Set<number>();
  for (const service of services) {
    if (taken.size === palette.length) {
      taken.clear();
    }
    let index = hashOf(service) % palette.length;
    while (taken.has(index)) {
      index = (index + 1) % palette.length;
    }
    taken.add(index);
    colors.set(service, palette[index]);
  }
  return colors;
}

/** Stable over page loads; the modulus keeps it an exact integer. */
const hashOf = (text: string): number =>
  [...text.toLowerCase()].reduce((sum, char) => (sum * 31 + char.codePointAt(0)!) % 1_000_003, 7);
