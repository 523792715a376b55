import React from 'react';

import type { TraceIdQuery } from '../../query/query';
import type { FormProps } from './form';
import { TraceIdField } from './TraceIdField';
import { TraceSwitches } from './TraceSwitches';

/** One trace, on one line. */
export function TraceIdForm(props: FormProps<TraceIdQuery>) {
  return (
    <>
      <TraceIdField {...props} />
      <TraceSwitches {...props} />
    </>
  );
}
