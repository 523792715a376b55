import React, { type ReactNode } from 'react';

import type { Lookup } from '../hooks/useCatalogue';
import { FieldProblem } from './FieldProblem';

/** What stands below a picker: why its list is missing, with another try, else what is wrong with the choice. */
export function lookupProblem({ error, ask }: Pick<Lookup<unknown>, 'error' | 'ask'>, problem?: string): ReactNode {
  if (error) {
    return (
      <FieldProblem>
        {error}
        <button type="button" onClick={ask}>
          Try again
        </button>
      </FieldProblem>
    );
  }
  return problem && <FieldProblem>{problem}</FieldProblem>;
}
