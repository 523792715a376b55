import { useState, type ChangeEvent, type FocusEvent, type KeyboardEvent } from 'react';

/** Spread onto an input. */
export interface Draft {
  readonly value: string;
  onChange(event: ChangeEvent<HTMLInputElement>): void;
  onBlur(event: FocusEvent<HTMLInputElement>): void;
  onKeyDown(event: KeyboardEvent<HTMLInputElement>): void;
}

/**
 * A text that is typed in peace and handed on when it is done: with Enter always, and on leaving the field when it
 * changed. A value that changes from outside replaces what was typed.
 */
export function useDraft(value: string, commit: (text: string) => void): Draft {
  const [draft, setDraft] = useState({ base: value, text: value });
  const text = draft.base === value ? draft.text : value;
  return {
    value: text,
    onChange: (event) => setDraft({ base: value, text: event.currentTarget.value }),
    onBlur: () => {
      if (text.trim() !== value) {
        commit(text.trim());
      }
    },
    onKeyDown: (event) => {
      // The Enter that ends an input method's composition belongs to the text, not to the form.
      if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
        commit(text.trim());
      }
    },
  };
}
