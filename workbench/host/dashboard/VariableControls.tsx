import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Combobox, Icon, InlineField, Input, MultiCombobox, Tooltip, useStyles2 } from '@grafana/ui';
import React from 'react';
import { AdHocControl } from './AdHocControl';
import { ALL, type DashboardScope, type ResolvedVariable } from './DashboardScope';
import type { VariableValue } from './dashboardJson';

interface VariableControlsProps {
  readonly scope: DashboardScope;
  /** Called with what the address is to carry for a variable. */
  readonly onChange: (name: string, values: readonly string[]) => void;
}

const HIDDEN = 2;
const WITHOUT_LABEL = 1;

/** A control for each variable that is not hidden. */
export function VariableControls({ scope, onChange }: VariableControlsProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.controls} role="group" aria-label="Variables">
      {scope.variables
        .filter(({ definition }) => definition.hide !== HIDDEN && definition.type !== 'constant')
        .map((variable) => {
          const { name, label, hide, type } = variable.definition;
          const change = (value: VariableValue) => onChange(name, [value].flat());
          return (
            <InlineField
              key={name}
              label={hide === WITHOUT_LABEL ? undefined : label}
              htmlFor={`var-${name}`}
              className={styles.field}
            >
              {type === 'adhoc' ? (
                <AdHocControl variable={variable} scope={scope} onChange={(texts) => onChange(name, texts)} />
              ) : (
                <Control variable={variable} onChange={change} />
              )}
            </InlineField>
          );
        })}
    </div>
  );
}

function Control({ variable, onChange }: { variable: ResolvedVariable; onChange: (value: VariableValue) => void }) {
  const styles = useStyles2(getStyles);
  const { definition, value, options, problem } = variable;
  const id = `var-${definition.name}`;
  if (definition.type === 'textbox') {
    const [text] = [value].flat();
    return (
      <Input
        id={id}
        key={text}
        defaultValue={text}
        width={definition.name.toLowerCase().includes('trace') ? 34 : 18}
        onBlur={({ currentTarget }) => currentTarget.value !== text && onChange(currentTarget.value)}
        onKeyDown={({ key, currentTarget }) => key === 'Enter' && onChange(currentTarget.value)}
      />
    );
  }
  const shown = [...(definition.includeAll ? [{ label: 'All', value: ALL }] : []), ...options.map(labelled)];
  // A value from the address may be one that the store does not list.
  const missing = [value].flat().filter((item) => item !== '' && !shown.some((option) => option.value === item));
  const choices = [...shown, ...missing.map((item) => ({ label: item, value: item }))];
  return (
    <div className={styles.picker}>
      {definition.multi ? (
        <MultiCombobox
          id={id}
          options={choices}
          value={[value].flat().filter((item) => item !== '')}
          width="auto"
          minWidth={16}
          maxWidth={40}
          onChange={(chosen) =>
            onChange(
              withoutAll(
                chosen.map((option) => option.value),
                value
              )
            )
          }
        />
      ) : (
        <Combobox
          id={id}
          options={choices}
          value={[value].flat()[0] || null}
          width="auto"
          minWidth={14}
          maxWidth={40}
          placeholder="None"
          onChange={(chosen) => onChange(chosen.value)}
        />
      )}
      {problem && (
        <Tooltip content={problem}>
          <Icon name="exclamation-triangle" className={styles.problem} aria-label={problem} />
        </Tooltip>
      )}
    </div>
  );
}

const labelled = ({ text, value }: { text: string; value: string }) => ({ label: text, value });

/** "All" and single values exclude each other: what was chosen last counts. */
function withoutAll(chosen: readonly string[], before: VariableValue): readonly string[] {
  const hadAll = [before].flat().includes(ALL);
  if (chosen.length === 0 || (chosen.includes(ALL) && !hadAll)) {
    return [ALL];
  }
  return chosen.filter((value) => value !== ALL);
}

const getStyles = (theme: GrafanaTheme2) => ({
  controls: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) }),
  field: css({ margin: 0 }),
  picker: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(0.5) }),
  problem: css({ color: theme.colors.warning.text }),
});
