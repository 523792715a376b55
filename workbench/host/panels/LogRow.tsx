import { css, cx } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { Icon, LinkButton, useStyles2 } from '@grafana/ui';
import React, { memo, useState } from 'react';
import type { LogEntry } from '../logs/logEntry';
import type { LogLevel } from '../logs/logLevel';
import type { LogLink } from '../logs/logLinks';

/** A value beside the line, with its links. */
export interface LogField {
  readonly name: string;
  readonly value: string;
  readonly links: readonly LogLink[];
}

interface LogRowProps {
  readonly entry: Pick<LogEntry, 'timeMs' | 'line' | 'labels'>;
  readonly level: LogLevel;
  readonly fields: readonly LogField[];
}

/** One line: level, time, text and the first link of a field; opened, its fields and labels with every link. */
export const LogRow = memo(function LogRow({ entry, level, fields }: LogRowProps) {
  const styles = useStyles2(getStyles);
  const [isOpen, setOpen] = useState(false);
  const first = fields.find(({ links }) => links.length > 0);
  return (
    <div className={styles.row}>
      <div className={styles.head}>
        <button
          type="button"
          className={styles.toggle}
          aria-expanded={isOpen}
          aria-label={`Details of the line of ${dateTimeFormat(entry.timeMs)}`}
          onClick={() => setOpen(!isOpen)}
        >
          <span className={cx(styles.level, styles[level])} title={level} />
          <Icon name={isOpen ? 'angle-down' : 'angle-right'} />
        </button>
        <time className={styles.time}>{dateTimeFormat(entry.timeMs, { format: 'YYYY-MM-DD HH:mm:ss.SSS' })}</time>
        <span className={styles.line}>{entry.line}</span>
        {first && (
          <LinkButton
            size="sm"
            variant="secondary"
            icon="link"
            {...first.links[0]}
            title={`${first.name}: ${first.value}`}
          >
            {first.links[0].title}
          </LinkButton>
        )}
      </div>
      {isOpen && (
        <table className={styles.details}>
          <tbody>
            {fields.map(({ name, value, links }) => (
              <tr key={`field ${name}`}>
                <th scope="row">{name}</th>
                <td>
                  {value}{' '}
                  {links.map((link) => (
                    <LinkButton key={link.href} size="sm" fill="text" icon="link" {...link}>
                      {link.title}
                    </LinkButton>
                  ))}
                </td>
              </tr>
            ))}
            {[...entry.labels].map(([name, value]) => (
              <tr key={`label ${name}`}>
                <th scope="row">{name}</th>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
});

const getStyles = (theme: GrafanaTheme2) => {
  const level = (color: string) => css({ background: theme.visualization.getColorByName(color) });
  const colors: Record<LogLevel, string> = {
    critical: level('purple'),
    error: level('red'),
    warning: level('yellow'),
    info: level('green'),
    debug: level('blue'),
    trace: level('light-blue'),
    unknown: css({ background: theme.colors.text.disabled }),
  };
  return {
    ...colors,
    row: css({ borderBottom: `1px solid ${theme.colors.border.weak}` }),
    head: css({
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1),
      padding: theme.spacing(0.25, 1, 0.25, 0),
      minHeight: 28,
      '&:hover': { background: theme.colors.action.hover },
    }),
    toggle: css({
      display: 'flex',
      alignItems: 'center',
      alignSelf: 'stretch',
      padding: 0,
      border: 0,
      background: 'none',
      color: 'inherit',
    }),
    level: css({ alignSelf: 'stretch', width: 4, marginRight: theme.spacing(0.5) }),
    time: css({
      color: theme.colors.text.secondary,
      fontFamily: theme.typography.fontFamilyMonospace,
      fontSize: 12,
      whiteSpace: 'nowrap',
    }),
    line: css({
      flex: 1,
      minWidth: 0,
      fontFamily: theme.typography.fontFamilyMonospace,
      fontSize: 12,
      overflowWrap: 'anywhere',
      whiteSpace: 'pre-wrap',
    }),
    details: css({
      margin: theme.spacing(0.5, 2, 1.5, 4),
      fontSize: theme.typography.bodySmall.fontSize,
      fontFamily: theme.typography.fontFamilyMonospace,
      th: {
        padding: theme.spacing(0.25, 2, 0.25, 0),
        fontWeight: theme.typography.fontWeightMedium,
        whiteSpace: 'nowrap',
        verticalAlign: 'top',
        color: theme.colors.text.secondary,
      },
      td: { padding: theme.spacing(0.25, 0), overflowWrap: 'anywhere' },
    }),
  };
};
