import React, { useEffect, useRef, useState } from 'react';

import { Button, Dropdown, Menu } from '@grafana/ui';

import type { TraceDataSource } from '../../datasource/TraceDataSource';
import { isRunnable } from '../../query/isRunnable';
import type { DocumentQuery, TraceIdQuery } from '../../query/query';
import { testIds } from '../testIds';
import { FieldProblem } from './FieldProblem';

interface Props {
  readonly query: TraceIdQuery | DocumentQuery;
  readonly datasource: Pick<TraceDataSource, 'downloads' | 'exportTrace'>;
}

/** The trace as a file, whole and as it is stored. */
export function DownloadButton({ query, datasource }: Props) {
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  if (!isRunnable({ ...query, hide: false })) {
    return null;
  }
  const download = async (format: string) => {
    const controller = new AbortController();
    running.current = controller;
    setIsBusy(true);
    setProblem(undefined);
    try {
      const { name, text } = await datasource.exportTrace(query, format, controller.signal);
      save(name, text);
    } catch (error) {
      if (!controller.signal.aborted) {
        setProblem(error instanceof Error ? error.message : String(error));
      }
    } finally {
      setIsBusy(false);
    }
  };
  const menu = (
    <Menu>
      {datasource.downloads.map(({ id, label }) => (
        <Menu.Item key={id} label={label} onClick={() => void download(id)} />
      ))}
    </Menu>
  );
  return (
    <>
      <Dropdown overlay={menu}>
        <Button
          type="button"
          variant="secondary"
          icon={isBusy ? 'spinner' : 'download-alt'}
          disabled={isBusy}
          aria-label="Download the trace"
          tooltip="Download the whole trace, as it is stored"
          data-testid={testIds.queryEditor.download}
        />
      </Dropdown>
      {problem !== undefined && <FieldProblem>{problem}</FieldProblem>}
    </>
  );
}

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // After the click was handled; browsers keep what they began to save.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
