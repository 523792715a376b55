import React from 'react';

import { Badge } from '@grafana/ui';

import type { FilterPlace } from '../../query/filterRows';

/** Whether the server or the browser applies a condition: the browser only sees the traces that were fetched. */
export function PlaceBadge({ place }: { readonly place: FilterPlace }) {
  return place === 'server' ? (
    <Badge color="blue" text="server" tooltip="Applied by the server, to all its traces" />
  ) : (
    <Badge
      color="orange"
      text="browser"
      tooltip="This server cannot apply it: it is applied here, to the traces that the rest of the search finds. The answer tells on how many."
    />
  );
}
