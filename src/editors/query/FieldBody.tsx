import React, { type ReactNode } from 'react';

import { Stack } from '@grafana/ui';

interface Props {
  readonly children: ReactNode;
  /** Focus came to something in it. */
  readonly onFocus?: () => void;
}

/**
 * The child of an `EditorField` that is more than one control. `EditorField` hands `invalid` and its like to its child,
 * whatever that is (plugin-ui 0.16), and an element would write them into the page.
 */
export function FieldBody({ children, onFocus }: Props) {
  return (
    <div onFocus={onFocus}>
      <Stack gap={0.5} alignItems="center">
        {children}
      </Stack>
    </div>
  );
}
