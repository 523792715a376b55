import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, FilterInput, FilterPill, InlineSwitch, TagList, useStyles2 } from '@grafana/ui';
import React from 'react';
import { conditionsOf, type SpanCondition, type SpanFilters } from '../trace/filterSpans';

interface TraceSearchProps {
  readonly filters: SpanFilters;
  /** Number of spans that match; `undefined` when nothing is filtered. */
  readonly matchCount?: number;
  readonly onChange: (filters: SpanFilters) => void;
  readonly onCollapseAll: (isCollapsed: boolean) => void;
}

const ERRORS: SpanCondition = { key: 'status', operator: '=', value: 'error' };

const isErrors = ({ key, value }: SpanCondition) => key === ERRORS.key && value === ERRORS.value;

/** Free text, errors only, what a link asked for, and the number of matches. */
export function TraceSearch({ filters, matchCount, onChange, onCollapseAll }: TraceSearchProps) {
  const styles = useStyles2(getStyles);
  const hasErrors = (filters.tags ?? []).some(isErrors);
  const others = (filters.tags ?? []).filter((tag) => !isErrors(tag));
  // A link may have brought them.
  const words = conditionsOf({ ...filters, tags: others }).map(
    ({ key, operator, value }) => `${key} ${operator} ${value}`
  );
  return (
    <div className={styles.bar} role="search" aria-label="Spans">
      <div className={styles.text}>
        <FilterInput
          placeholder="Find in spans"
          value={filters.query ?? ''}
          onChange={(query) => onChange({ ...filters, query })}
          escapeRegex={false}
        />
      </div>
      <FilterPill
        label="Errors only"
        selected={hasErrors}
        onClick={() => onChange({ ...filters, tags: hasErrors ? others : [...others, ERRORS] })}
      />
      {words.length > 0 && (
        <>
          <TagList tags={words} className={styles.words} />
          <Button size="sm" fill="text" variant="secondary" onClick={() => onChange({ query: filters.query })}>
            Clear filters
          </Button>
        </>
      )}
      {matchCount !== undefined && (
        <>
          <span className={styles.count} role="status">
            {matchCount === 1 ? '1 span matches' : `${matchCount} spans match`}
          </span>
          <InlineSwitch
            label="Matches only"
            showLabel
            transparent
            value={filters.matchesOnly ?? false}
            onChange={({ currentTarget }) => onChange({ ...filters, matchesOnly: currentTarget.checked })}
          />
        </>
      )}
      <div className={styles.end}>
        <Button size="sm" fill="text" variant="secondary" icon="angle-down" onClick={() => onCollapseAll(false)}>
          Expand all
        </Button>
        <Button size="sm" fill="text" variant="secondary" icon="angle-up" onClick={() => onCollapseAll(true)}>
          Collapse all
        </Button>
      </div>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    padding: theme.spacing(0.5, 0),
  }),
  text: css({ width: 240 }),
  words: css({ flexWrap: 'wrap' }),
  count: css({ color: theme.colors.text.secondary, ...theme.typography.bodySmall }),
  end: css({ display: 'flex', marginLeft: 'auto' }),
});
