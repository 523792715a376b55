import React, { useEffect, useRef, useState } from 'react';

import { CodeEditor, FieldValidationMessage, type Monaco, type monacoTypes } from '@grafana/ui';

import type { LanguageCatalogue } from '../../datasource/languageCatalogue';
import type { TimeWindow } from '../../model/time';
import { findProblem, type TraceqlProblem } from '../traceql/parseTraceql';
import { registerTraceql, TRACEQL_LANGUAGE, offerFrom } from '../traceql/registerTraceql';

interface Props {
  readonly value: string;
  readonly language: LanguageCatalogue;
  /** Names and values are those of this time range. */
  readonly window?: TimeWindow;
  /** What the server said about the text as it is saved. */
  readonly refusal?: string;
  /** With Shift or Ctrl and Enter, and on leaving the editor when the text changed. */
  onCommit(text: string): void;
}

interface Mounted {
  readonly monaco: Monaco;
  readonly editor: monacoTypes.editor.IStandaloneCodeEditor;
}

const LABEL = 'TraceQL. Shift Enter runs the query. Control M lets Tab leave the editor.';

/** TraceQL with colours, completion and the first problem in words. Loaded only when a query of this kind is edited. */
export default function TraceqlEditor({ value, language, window, refusal, onCommit }: Props) {
  const [draft, setDraft] = useState({ base: value, text: value });
  const text = draft.base === value ? draft.text : value;
  const problem = findProblem(text);
  const message = problem?.message ?? (text.trim() === value.trim() ? refusal : undefined);
  const mounted = useRef<Mounted>(undefined);
  const commit = useRef(onCommit);
  const offer = (shown: Mounted | undefined) => {
    const model = shown?.editor.getModel();
    if (model) {
      offerFrom(model, { catalogue: language, window });
    }
  };
  useEffect(() => {
    commit.current = onCommit;
    offer(mounted.current);
    mark(mounted.current, problem);
  });

  const begin = (editor: monacoTypes.editor.IStandaloneCodeEditor, monaco: Monaco) => {
    mounted.current = { monaco, editor };
    offer(mounted.current);
    mark(mounted.current, problem);
    // Not a command of Monaco's: those belong to the editor that was opened last.
    editor.onKeyDown((event) => {
      if (event.keyCode === monaco.KeyCode.Enter && (event.shiftKey || event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        event.stopPropagation();
        commit.current(editor.getValue().trim());
      }
    });
  };

  return (
    <div>
      <CodeEditor
        language={TRACEQL_LANGUAGE}
        value={value}
        height={linesOf(text) * LINE_HEIGHT + PADDING}
        showMiniMap={false}
        showLineNumbers={false}
        wordWrap
        monacoOptions={MONACO_OPTIONS}
        onBeforeEditorMount={registerTraceql}
        onEditorDidMount={begin}
        onChange={(changed) => setDraft({ base: value, text: changed })}
        onBlur={(left) => {
          if (left.trim() !== value.trim()) {
            onCommit(left.trim());
          }
        }}
      />
      {message && <FieldValidationMessage>{message}</FieldValidationMessage>}
    </div>
  );
}

const LINE_HEIGHT = 18;
const PADDING = 18;

/** Long lines wrap; how often is guessed, as Monaco scrolls what does not fit. */
function linesOf(text: string): number {
  const lines = text.split('\n').reduce((count, line) => count + Math.max(1, Math.ceil(line.length / 140)), 0);
  return Math.min(12, Math.max(2, lines));
}

const MONACO_OPTIONS = {
  ariaLabel: LABEL,
  fontSize: 13,
  lineHeight: LINE_HEIGHT,
  scrollBeyondLastLine: false,
  renderLineHighlight: 'none' as const,
  occurrencesHighlight: false,
  overviewRulerLanes: 0,
  hideCursorInOverviewRuler: true,
  wordBasedSuggestions: false,
  quickSuggestions: { strings: true, other: true, comments: false },
  suggest: { showWords: false, preview: false },
};

function mark(mounted: Mounted | undefined, problem: TraceqlProblem | undefined): void {
  const model = mounted?.editor.getModel();
  if (!mounted || !model) {
    return;
  }
  const { monaco } = mounted;
  const markers = [problem ?? []].flat().map(({ from, to, message }) => {
    const [start, end] = [model.getPositionAt(from), model.getPositionAt(to)];
    return {
      severity: monaco.MarkerSeverity.Warning,
      message,
      startLineNumber: start.lineNumber,
      startColumn: start.column,
      endLineNumber: end.lineNumber,
      endColumn: end.column,
    };
  });
  monaco.editor.setModelMarkers(model, TRACEQL_LANGUAGE, markers);
}
