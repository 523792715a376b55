import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { InlineField, Input, TextLink, useStyles2 } from '@grafana/ui';
import React, { useState, useSyncExternalStore } from 'react';
import { Limits } from './Limits';
import { useWorkbench } from './workbenchContext';

/** The template variables of the page, as a dashboard would have them, and what the page cannot do. */
export function VariablesBar() {
  const styles = useStyles2(getStyles);
  const { variables } = useWorkbench();
  const values = useSyncExternalStore(variables.subscribe, variables.snapshot);
  const [showsLimits, setShowsLimits] = useState(false);
  return (
    <div className={styles.bar}>
      <div className={styles.variables} role="group" aria-label="Variables">
        {[...values].map(([name, value]) => (
          <InlineField key={name} label={`$${name}`} htmlFor={`variable-${name}`} className={styles.field}>
            <Input
              id={`variable-${name}`}
              key={value}
              defaultValue={value}
              width={name === 'traceId' ? 34 : 16}
              placeholder="empty"
              onBlur={({ currentTarget }) => variables.set(name, currentTarget.value)}
              onKeyDown={({ key, currentTarget }) => key === 'Enter' && variables.set(name, currentTarget.value)}
            />
          </InlineField>
        ))}
      </div>
      <p className={styles.limits}>
        A small stand-in for Grafana:{' '}
        <TextLink
          inline
          variant="bodySmall"
          href="#limits"
          onClick={(event) => {
            event.preventDefault();
            setShowsLimits(true);
          }}
        >
          what it does not imitate
        </TextLink>
      </p>
      {showsLimits && <Limits onClose={() => setShowsLimits(false)} />}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1, 2),
    padding: theme.spacing(1, 2, 0),
  }),
  variables: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) }),
  field: css({ margin: 0 }),
  limits: css({ margin: 0, color: theme.colors.text.secondary, ...theme.typography.bodySmall }),
});
