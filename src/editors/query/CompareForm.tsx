import React from 'react';

import { EditorRow } from '@grafana/plugin-ui';
import { Box, RadioButtonGroup, Stack, Text } from '@grafana/ui';

import { EMPTY_SIDE, queryOfSide, sideOf, type Side } from '../../query/compare';
import { isRunnable } from '../../query/isRunnable';
import type { ComparedTraces, CompareQuery, TraceQuery } from '../../query/query';
import { validateEarlierBy } from '../../query/validate';
import { hasVariable } from '../../query/variableText';
import { testIds } from '../testIds';
import type { FormProps } from './form';
import { SearchForm } from './SearchForm';
import { TextField } from './TextField';
import { TraceIdField } from './TraceIdField';

/** Of the longer explanation, so that the two sides line up. */
const LABEL_PIXELS = 140;

/** Two questions that are held against each other: each a trace, or all traces of a search. */
export function CompareForm(props: FormProps<CompareQuery>) {
  return (
    <>
      <SideForm {...props} side="baseline" label="Baseline" explanation="what is usual" />
      <SideForm {...props} side="comparison" label="Comparison" explanation="what is held against it" />
    </>
  );
}

interface SideProps extends FormProps<CompareQuery> {
  readonly side: Side;
  readonly label: string;
  readonly explanation: string;
}

function SideForm({ side, label, explanation, ...form }: SideProps) {
  const { query, capabilities, onEdit, onSubmit } = form;
  const traces = query[side];
  const withSide = (changed: ComparedTraces): CompareQuery => ({ ...query, [side]: changed });
  // A comparison with an empty side is not complete, whatever the side itself thinks of it.
  const submit = (changed: CompareQuery) => (isRunnable(changed) ? onSubmit : onEdit)(changed);
  const asked = queryOfSide(query, side);
  const sideForm = {
    ...form,
    onEdit: (changed: TraceQuery) => onEdit(withSide(withShift(changed, traces))),
    // An address of two traces that was pasted here names both sides.
    onSubmit: (changed: TraceQuery) =>
      submit(changed.queryType === 'compare' ? { ...changed, view: query.view } : withSide(withShift(changed, traces))),
  };
  const canSearch = capabilities.search !== 'none' || traces.queryType === 'search';
  return (
    <div role="group" aria-label={label} data-testid={testIds.queryEditor.side(side)}>
      <Stack direction="column" gap={1}>
        <Stack gap={1} alignItems="flex-start" wrap="wrap">
          <Box minWidth={`${LABEL_PIXELS}px`}>
            <Text element="p">{label}</Text>
            <Text element="p" variant="bodySmall" color="secondary">
              {explanation}
            </Text>
          </Box>
          <RadioButtonGroup<ComparedTraces['queryType']>
            aria-label={`${label}: one trace or a search`}
            options={[
              { value: 'traceql', label: 'Trace' },
              ...(canSearch ? [{ value: 'search' as const, label: 'Search' }] : []),
            ]}
            value={traces.queryType}
            onChange={(kind) => onEdit(withSide(kind === 'search' ? { queryType: 'search' } : EMPTY_SIDE))}
          />
          {asked.queryType === 'traceql' && <TraceIdField {...sideForm} query={asked} />}
        </Stack>
        {asked.queryType === 'search' && <SearchForm {...sideForm} query={asked} />}
        {traces.queryType === 'search' && (
          <EditorRow>
            <TextField
              label="Earlier by"
              tooltip="Search that much before the time range of the panel, such as 1d or 2h: to compare after with before."
              placeholder="1d"
              width={14}
              testId={testIds.queryEditor.earlierBy}
              value={traces.earlierBy ?? ''}
              problem={(text) => (hasVariable(text) ? undefined : validateEarlierBy(text)[0]?.message)}
              onCommit={(text) => submit(withSide({ ...traces, earlierBy: text || undefined }))}
            />
          </EditorRow>
        )}
      </Stack>
    </div>
  );
}

/** The forms of single questions do not know the shift. */
function withShift(changed: TraceQuery, before: ComparedTraces): ComparedTraces {
  const side = sideOf(changed);
  return side.queryType === 'search' && before.queryType === 'search' ? { ...side, earlierBy: before.earlierBy } : side;
}
