import React from 'react';

import { css } from '@emotion/css';
import type { GrafanaTheme2, QueryEditorHelpProps } from '@grafana/data';
import { Stack, Text, useStyles2 } from '@grafana/ui';

import type { TraceQuery } from '../../query/query';
import { testIds } from '../testIds';
import { examples } from './examples';

/** Help for the query editor: examples that run when clicked, in place of the query at hand. */
export default function CheatSheet({ query, onClickExample }: QueryEditorHelpProps<TraceQuery>) {
  const styles = useStyles2(getStyles);
  return (
    <Stack direction="column" gap={2} data-testid={testIds.cheatSheet.root}>
      <Text element="h2" variant="h4">
        Tracebridge cheat sheet
      </Text>
      {examples.map((example, index) => (
        <section key={example.title} aria-label={example.title}>
          <Text element="h3" variant="h6">
            {example.title}
          </Text>
          <Text element="p" color="secondary">
            {example.explanation}
          </Text>
          <button
            type="button"
            className={styles.example}
            data-testid={testIds.cheatSheet.example(index)}
            onClick={() => onClickExample({ ...example.query, ...placeOf(query) })}
          >
            <code>{example.text}</code>
          </button>
        </section>
      ))}
    </Stack>
  );
}

/** An example takes the place of the query that help was opened for. */
function placeOf(query: TraceQuery | undefined): Pick<TraceQuery, 'refId' | 'key' | 'datasource'> {
  return query ? { refId: query.refId, key: query.key, datasource: query.datasource } : { refId: 'A' };
}

const getStyles = (theme: GrafanaTheme2) => ({
  example: css({
    background: 'none',
    border: 'none',
    padding: theme.spacing(0.5, 0),
    textAlign: 'left',
    code: { whiteSpace: 'pre-wrap' },
    '&:hover code, &:focus-visible code': { background: theme.colors.action.hover },
  }),
});
