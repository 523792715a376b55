/** Answers every property and call: enough for what @grafana/ui does with Monaco while it loads. */
const anything = new Proxy(function () {}, {
  get: (_, name) => {
    if (name === '__esModule') {
      return true;
    }
    if (name === 'then') {
      return undefined;
    }
    return name === Symbol.toPrimitive ? () => '' : anything;
  },
  apply: () => anything,
});

module.exports = {
  __esModule: true,
  editor: { defineTheme() {}, setTheme() {}, setModelMarkers() {}, remeasureFonts() {}, EditorOption: anything },
  languages: { ...anything, getLanguages: () => [{ id: 'tracebridge-traceql' }] },
  MarkerSeverity: { Warning: 4 },
  KeyMod: anything,
  KeyCode: { Enter: 'Enter', KeyS: 's' },
  Range: class {},
  default: anything,
};
