import React, { useId, useState } from 'react';

import { css } from '@emotion/css';
import { formattedValueToString, getValueFormat, type GrafanaTheme2 } from '@grafana/data';
import {
  Alert,
  Button,
  FileDropzone,
  FileDropzoneDefaultChildren,
  Spinner,
  Stack,
  Text,
  TextArea,
  useStyles2,
} from '@grafana/ui';

import type { DocumentDesk } from '../../datasource/documents/DocumentDesk';
import type { DocumentQuery } from '../../query/query';
import { testIds } from '../testIds';
import { DocumentTracePicker } from './DocumentTracePicker';
import type { FormProps } from './form';
import { SubtreeButton } from './SubtreeButton';

interface Props extends Pick<FormProps<DocumentQuery>, 'query' | 'onEdit' | 'onSubmit'> {
  readonly documents: DocumentDesk;
  /** The query stands in the address of the page, where there is little room for a text. */
  readonly isInAddress: boolean;
}

/** A file or a pasted text, and which of its traces. Nothing is saved before it was read and a trace was found in it. */
export function DocumentForm({ query, documents, isInAddress, onEdit, onSubmit }: Props) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const [pasted, setPasted] = useState('');
  const [reading, setReading] = useState<string>();
  const [problem, setProblem] = useState<string>();

  const take = async (source: Blob | string, name?: string) => {
    setProblem(undefined);
    setReading(name ?? 'the pasted text');
    try {
      const fields = await documents.take(source, name, isInAddress);
      const { text, heldAs, size, query: chosen, rootSpanId, spanId, showAll, name: before, ...rest } = query;
      setPasted('');
      onSubmit({ ...rest, ...fields });
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setReading(undefined);
    }
  };

  if (documents.has(query)) {
    return (
      <Stack gap={1} alignItems="center" wrap="wrap">
        <Text element="span" variant="bodySmall" color="secondary">
          {describe(query)}
        </Text>
        <DocumentTracePicker query={query} documents={documents} onSubmit={onSubmit} />
        <SubtreeButton query={query} onForget={onSubmit} />
        <Button
          type="button"
          variant="secondary"
          fill="text"
          icon="times"
          data-testid={testIds.queryEditor.documentRemove}
          onClick={() => onEdit(withoutDocument(query))}
        >
          Choose another
        </Button>
      </Stack>
    );
  }
  return (
    <Stack direction="column" gap={1}>
      {query.name !== undefined && problem === undefined && (
        <div>
          <Alert severity="info" title={`Choose the file ${query.name} again`} bottomSpacing={0}>
            It was too large to be saved with the query, and this page does not have it any more.
          </Alert>
        </div>
      )}
      {problem !== undefined && (
        <div>
          <Alert
            severity="warning"
            title="This document cannot be shown"
            bottomSpacing={0}
            data-testid={testIds.queryEditor.documentProblem}
          >
            {problem}
          </Alert>
        </div>
      )}
      <div className={styles.sources}>
        <div data-testid={testIds.queryEditor.documentFile}>
          <FileDropzone
            id={id}
            options={{ multiple: false, onDrop: ([file]: File[]) => file && void take(file, file.name) }}
            fileListRenderer={() => null}
          >
            <FileDropzoneDefaultChildren
              primaryText="Drop a file with traces here, or click to choose one"
              secondaryText="JSON of Jaeger, OpenTelemetry (OTLP, also protobuf), Tempo, Zipkin or Grafana; also gzipped"
            />
          </FileDropzone>
        </div>
        <Stack direction="column" gap={1} alignItems="flex-start">
          <TextArea
            aria-label="Text of a document with traces"
            placeholder="… or paste its text"
            className={styles.text}
            spellCheck={false}
            data-testid={testIds.queryEditor.documentText}
            value={pasted}
            onChange={(event) => setPasted(event.currentTarget.value)}
            onPaste={(event) => {
              // What is pasted into an empty field is the whole document; React would draw 50 MB of it first.
              const text = event.clipboardData.getData('text');
              if (pasted === '' && text !== '') {
                event.preventDefault();
                setPasted(text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);
                void take(text);
              }
            }}
          />
          <Button
            type="button"
            variant="secondary"
            disabled={pasted.trim() === '' || reading !== undefined}
            data-testid={testIds.queryEditor.documentRead}
            onClick={() => void take(pasted)}
          >
            Read text
          </Button>
        </Stack>
      </div>
      {reading !== undefined && (
        <Stack gap={1} alignItems="center">
          <Spinner inline />
          <Text element="span" color="secondary">{`Reading ${reading} …`}</Text>
        </Stack>
      )}
    </Stack>
  );
}

/** A text area with more in it is slow to draw. */
const MAX_SHOWN = 100_000;

function describe({ name, size }: DocumentQuery): string {
  const length = size === undefined ? '' : ` (${formattedValueToString(getValueFormat('decbytes')(size, 1))})`;
  return `${name ?? 'Pasted text'}${length}`;
}

function withoutDocument(query: DocumentQuery): DocumentQuery {
  const { text, heldAs, name, size, query: chosen, rootSpanId, spanId, showAll, ...rest } = query;
  return rest;
}

const getStyles = (theme: GrafanaTheme2) => ({
  sources: css({
    display: 'grid',
    gridTemplateColumns: `repeat(auto-fit, minmax(min(100%, ${theme.spacing(45)}), 1fr))`,
    gap: theme.spacing(2),
    // The drop zone would stretch to the page.
    alignItems: 'start',
  }),
  text: css({ minHeight: theme.spacing(14), fontFamily: theme.typography.fontFamilyMonospace }),
});
