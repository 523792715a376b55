const React = require('react');

/**
 * A code editor as a textarea, with as much of Monaco's editor behind it as Grafana's CodeEditor and our own code ask for:
 * its text, changes of it, keys.
 */
function Editor({ value, defaultValue, onChange, onMount, beforeMount, options }) {
  const [text, setText] = React.useState(value ?? defaultValue ?? '');
  const textRef = React.useRef(text);
  const listeners = React.useRef({ change: [], key: [] });
  React.useEffect(() => {
    setText(value ?? '');
    textRef.current = value ?? '';
  }, [value]);
  React.useEffect(() => {
    const monaco = require('monaco-editor');
    beforeMount?.(monaco);
    const model = {
      id: 'model',
      onDidChangeContent: (listener) => listeners.current.change.push(listener),
      getPositionAt: (offset) => ({ lineNumber: 1, column: offset + 1 }),
    };
    onMount?.(
      {
        getModel: () => model,
        getValue: () => textRef.current,
        onKeyDown: (listener) => listeners.current.key.push(listener),
      },
      monaco
    );
    // Mounted once, as Monaco is.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  // eslint-disable-next-line react-hooks/refs -- read by handlers, which run after rendering; the rule knows that of JSX only
  return React.createElement('textarea', {
    'data-testid': 'monaco',
    'aria-label': options?.ariaLabel,
    value: text,
    readOnly: options?.readOnly,
    onChange: (event) => {
      textRef.current = event.target.value;
      setText(textRef.current);
      onChange?.(textRef.current);
      listeners.current.change.forEach((listener) => listener());
    },
    onKeyDown: ({ key, shiftKey, ctrlKey, metaKey }) =>
      listeners.current.key.forEach((listener) =>
        listener({ keyCode: key, shiftKey, ctrlKey, metaKey, preventDefault() {}, stopPropagation() {} })
      ),
  });
}

module.exports = {
  __esModule: true,
  default: Editor,
  Editor,
  loader: { config() {}, init: async () => ({}) },
  useMonaco: () => require('monaco-editor'),
};
