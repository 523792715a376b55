import type { Monaco, monacoTypes } from '@grafana/ui';

import type { LanguageCatalogue } from '../../datasource/languageCatalogue';
import type { TimeWindow } from '../../model/time';
import { completionAt, type TraceqlCompletion } from './completionAt';
import { traceqlTokens } from './traceqlTokens';
import {
  CONJUNCTIONS,
  HINTS,
  INTRINSICS,
  OPERATORS,
  STAGES,
  STARTS,
  WORD_VALUES,
  type OfferedWord,
} from './traceqlWords';

/** Not `traceql`: Grafana's own Tempo source registers that on the same page. */
export const TRACEQL_LANGUAGE = 'tracebridge-traceql';

/** Where the names and values in a text come from. */
interface Offer {
  readonly catalogue: LanguageCatalogue;
  readonly window: TimeWindow | undefined;
}

const offers = new WeakMap<monacoTypes.editor.ITextModel, Offer>();

/** Names and values in this text come from there, until told otherwise. */
export function offerFrom(model: monacoTypes.editor.ITextModel, offer: Offer): void {
  offers.set(model, offer);
}

/** Teaches Monaco the language, once for all editors of a page. */
export function registerTraceql(monaco: Monaco): void {
  if (monaco.languages.getLanguages().some(({ id }) => id === TRACEQL_LANGUAGE)) {
    return;
  }
  monaco.languages.register({ id: TRACEQL_LANGUAGE });
  monaco.languages.setLanguageConfiguration(TRACEQL_LANGUAGE, {
    brackets: [
      ['{', '}'],
      ['(', ')'],
    ],
    autoClosingPairs: ['{}', '()', '""', '``'].map(([open, close]) => ({ open, close, notIn: ['string'] })),
    comments: { lineComment: '//', blockComment: ['/*', '*/'] },
  });
  monaco.languages.setTokensProvider(TRACEQL_LANGUAGE, {
    getInitialState: () => new TextBefore(''),
    tokenize: (line, state) => tokenizeLine(line, state instanceof TextBefore ? state.text : ''),
  });
  monaco.languages.registerCompletionItemProvider(TRACEQL_LANGUAGE, {
    triggerCharacters: ['{', '.', ' ', '"', '=', '|', '('],
    provideCompletionItems: (model, position) => provideCompletions(monaco, model, position),
  });
}

/** The lines above: what a word is depends on them. Queries are short, so reading them again costs nothing. */
class TextBefore implements monacoTypes.languages.IState {
  constructor(readonly text: string) {}

  clone(): TextBefore {
    return this;
  }

  equals(other: monacoTypes.languages.IState): boolean {
    return other instanceof TextBefore && other.text === this.text;
  }
}

function tokenizeLine(line: string, before: string): monacoTypes.languages.ILineTokens {
  const start = before.length;
  const tokens = traceqlTokens(before + line);
  const first = tokens.findIndex(({ from }) => from > start) - 1;
  const onLine = tokens.slice(first < 0 ? Math.max(0, tokens.length - 1) : first);
  return {
    tokens: onLine.map(({ from, type }) => ({ startIndex: Math.max(0, from - start), scopes: type })),
    endState: new TextBefore(`${before}${line}\n`),
  };
}

async function provideCompletions(
  monaco: Monaco,
  model: monacoTypes.editor.ITextModel,
  position: monacoTypes.Position
): Promise<monacoTypes.languages.CompletionList> {
  const { lineNumber, column } = position;
  const text = model.getValueInRange({
    startLineNumber: 1,
    startColumn: 1,
    endLineNumber: lineNumber,
    endColumn: column,
  });
  const completion = completionAt(text);
  const start = model.getPositionAt(completion.from);
  const after = /^[\w.:-]*"?/.exec(model.getLineContent(lineNumber).slice(column - 1))?.[0].length ?? 0;
  const range = {
    startLineNumber: start.lineNumber,
    startColumn: start.column,
    endLineNumber: lineNumber,
    endColumn: column + (completion.expects === 'value' ? after : 0),
  };
  const words = await wordsFor(completion, offers.get(model));
  return {
    suggestions: words.map(({ text: word, explanation, snippet }, index) => ({
      label: explanation === undefined ? word : { label: word, description: explanation },
      kind: KINDS[completion.expects](monaco),
      insertText: snippet ?? word,
      insertTextRules:
        snippet === undefined ? undefined : monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet,
      sortText: String(index).padStart(6, '0'),
      range,
    })),
  };
}

const KINDS: Record<TraceqlCompletion['expects'], (monaco: Monaco) => monacoTypes.languages.CompletionItemKind> = {
  name: (monaco) => monaco.languages.CompletionItemKind.Field,
  value: (monaco) => monaco.languages.CompletionItemKind.Value,
  operator: (monaco) => monaco.languages.CompletionItemKind.Operator,
  conjunction: (monaco) => monaco.languages.CompletionItemKind.Operator,
  stage: (monaco) => monaco.languages.CompletionItemKind.Function,
  hint: (monaco) => monaco.languages.CompletionItemKind.Property,
  start: (monaco) => monaco.languages.CompletionItemKind.Snippet,
};

/** Never rejects: without the server's names there are those of the language. */
async function wordsFor(
  completion: TraceqlCompletion,
  { catalogue, window }: Partial<Offer> = {}
): Promise<readonly OfferedWord[]> {
  switch (completion.expects) {
    case 'name': {
      const names = (await catalogue?.listNames(window).catch(() => undefined)) ?? [];
      return [...new Set([...INTRINSICS, ...names])].map((text) => ({ text }));
    }
    case 'value': {
      const values =
        WORD_VALUES.get(completion.name) ?? (await catalogue?.listValues(completion.name, window).catch(() => []));
      return (values ?? []).map((text) => ({ text }));
    }
    case 'operator':
      return OPERATORS;
    case 'conjunction':
      return CONJUNCTIONS;
    case 'stage':
      return STAGES;
    case 'hint':
      return HINTS;
    case 'start':
      return STARTS;
  }
}
