import { css } from '@emotion/css';
import type { DataSourceApi, GrafanaTheme2 } from '@grafana/data';
import { Button, Combobox, IconButton, useStyles2, type ComboboxOption } from '@grafana/ui';
import React, { useId, useState } from 'react';
import { useWorkbench } from '../workbenchContext';
import type { AdHocFilter } from './dashboardJson';
import { writeFilter, type DashboardScope, type ResolvedVariable } from './DashboardScope';

interface AdHocControlProps {
  readonly variable: ResolvedVariable;
  readonly scope: DashboardScope;
  /** Called with all filters as the address carries them. */
  readonly onChange: (texts: readonly string[]) => void;
}

const PARTS = ['key', 'operator', 'value'] as const;

const OPERATORS = ['=', '!=', '=~', '!~', '<', '>'].map((value) => ({ value, label: value }));

/** Ad-hoc filters: keys and values come from the data source's `getTagKeys` and `getTagValues`. */
export function AdHocControl({ variable, scope, onChange }: AdHocControlProps) {
  const styles = useStyles2(getStyles);
  const { dataSourceSrv, timeRange } = useWorkbench();
  const id = useId();
  const [draft, setDraft] = useState<Partial<AdHocFilter>>();
  const { definition, filters } = variable;
  const ask = async (list: (dataSource: DataSourceApi) => Promise<ComboboxOption[]>) => {
    const uid = scope.fill(definition.datasource?.uid ?? '');
    return list(await dataSourceSrv.get({ ...definition.datasource, uid }));
  };
  const set = (next: readonly AdHocFilter[]) => onChange(next.map(writeFilter));
  const finish = (filter: Partial<AdHocFilter>) => {
    const { key, operator = '=', value } = filter;
    if (key && value !== undefined) {
      set([...filters, { key, operator, value }]);
      setDraft(undefined);
    } else {
      setDraft(filter);
    }
  };
  return (
    <div className={styles.filters}>
      {filters.map((filter, index) => (
        <span key={index} className={styles.filter}>
          {filter.key} {filter.operator} {filter.value}
          <IconButton
            name="times"
            size="sm"
            aria-label={`Remove filter ${filter.key}`}
            onClick={() => set(filters.filter((other) => other !== filter))}
          />
        </span>
      ))}
      {draft ? (
        <>
          {/* Grafana's Combobox takes no label of its own; these are read out, not shown. */}
          {PARTS.map((part) => (
            <span key={part} id={`${id}-${part}`} hidden>
              Filter {part}
            </span>
          ))}
          <Combobox
            aria-labelledby={`${id}-key`}
            width={22}
            createCustomValue
            value={draft.key ?? null}
            options={(typed) => ask((dataSource) => keys(dataSource, typed, filters, timeRange))}
            onChange={({ value }) => finish({ ...draft, key: value })}
          />
          <Combobox
            aria-labelledby={`${id}-operator`}
            width={8}
            value={draft.operator ?? '='}
            options={OPERATORS}
            onChange={({ value }) => finish({ ...draft, operator: value })}
          />
          <Combobox
            aria-labelledby={`${id}-value`}
            key={draft.key}
            width={22}
            createCustomValue
            disabled={!draft.key}
            value={null}
            options={(typed) => ask((dataSource) => values(dataSource, draft.key!, typed, filters, timeRange))}
            onChange={({ value }) => finish({ ...draft, value })}
          />
        </>
      ) : (
        <Button
          id={`var-${definition.name}`}
          size="md"
          variant="secondary"
          icon="plus"
          aria-label={`Add filter to ${definition.label}`}
          onClick={() => setDraft({})}
        />
      )}
    </div>
  );
}

type Asked = Parameters<NonNullable<DataSourceApi['getTagKeys']>>[0];
type Range = NonNullable<NonNullable<Asked>['timeRange']>;

async function keys(dataSource: DataSourceApi, typed: string, filters: readonly AdHocFilter[], timeRange: Range) {
  const found = (await dataSource.getTagKeys?.({ filters: [...filters], timeRange })) ?? [];
  return matching(found, typed);
}

async function values(
  dataSource: DataSourceApi,
  key: string,
  typed: string,
  filters: readonly AdHocFilter[],
  timeRange: Range
) {
  const found = (await dataSource.getTagValues?.({ key, filters: [...filters], timeRange })) ?? [];
  return matching(found, typed);
}

/** Grafana takes the bare list, too, that `getTagKeys` answered with before 11. */
function matching(found: Awaited<ReturnType<NonNullable<DataSourceApi['getTagKeys']>>>, typed: string) {
  const list = Array.isArray(found) ? found : (found.data ?? []);
  return list
    .map(({ text, value }) => ({ label: text, value: String(value ?? text) }))
    .filter(({ label }) => label.toLowerCase().includes(typed.toLowerCase()))
    .slice(0, 200);
}

const getStyles = (theme: GrafanaTheme2) => ({
  filters: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(0.5), flexWrap: 'wrap' }),
  filter: css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    height: theme.spacing(4),
    padding: theme.spacing(0, 1),
    background: theme.colors.background.secondary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    ...theme.typography.bodySmall,
  }),
});
