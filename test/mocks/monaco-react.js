const React = require('react');

/** A code editor as a textarea. */
function Editor({ value, defaultValue, onChange, options }) {
  return React.createElement('textarea', {
    'data-testid': 'monaco',
    value: value ?? defaultValue ?? '',
    readOnly: options?.readOnly,
    onChange: (event) => onChange && onChange(event.target.value),
  });
}

module.exports = {
  __esModule: true,
  default: Editor,
  Editor,
  loader: { config() {}, init: async () => ({}) },
  useMonaco: () => require('monaco-editor'),
};
