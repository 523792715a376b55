/** Width of a label on the config page, in Grafana's grid units of 8 px; the same as in `@grafana/plugin-ui`. */
export const LABEL_WIDTH = 24;

/** Width of an input on the config page, in grid units. */
export const CONTROL_WIDTH = 40;
