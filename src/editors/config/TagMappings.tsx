import React from 'react';

import { Button, IconButton, InlineField, Input, Stack, Text } from '@grafana/ui';

import type { TagMapping } from '../../datasource/settings';
import { LABEL_WIDTH } from './widths';

interface Props {
  readonly tooltip: string;
  /** What Grafana takes when the list is empty. */
  readonly defaults?: string;
  readonly tags: readonly TagMapping[] | undefined;
  readonly disabled?: boolean;
  onChange(tags: readonly TagMapping[]): void;
}

/** Span and resource attributes that a link carries over, and the name each has on the other side. */
export function TagMappings({ tooltip, defaults, tags = [], disabled, onChange }: Props) {
  const replace = (index: number, mapping: TagMapping) => onChange(tags.map((tag, i) => (i === index ? mapping : tag)));

  return (
    <InlineField label="Tags" labelWidth={LABEL_WIDTH} tooltip={tooltip}>
      <Stack role="group" aria-label="Tags" direction="column" gap={0.5}>
        {tags.map((tag, index) => (
          <Stack key={index} gap={0.5} alignItems="center">
            <Input
              aria-label={`Tag ${index + 1}`}
              placeholder="service.name"
              width={24}
              disabled={disabled}
              value={tag.key}
              onChange={(event) => replace(index, { ...tag, key: event.currentTarget.value })}
            />
            <Text color="secondary" variant="bodySmall">
              as
            </Text>
            <Input
              aria-label={`Name of tag ${index + 1} in the linked data source`}
              placeholder="same name"
              width={24}
              disabled={disabled}
              value={tag.value ?? ''}
              onChange={(event) => replace(index, withValue(tag, event.currentTarget.value))}
            />
            <IconButton
              name="trash-alt"
              aria-label={`Remove tag ${index + 1}`}
              disabled={disabled}
              onClick={() => onChange(tags.filter((_, i) => i !== index))}
            />
          </Stack>
        ))}
        <Stack gap={1} alignItems="center">
          <Button
            type="button"
            size="md"
            variant="secondary"
            icon="plus"
            disabled={disabled}
            onClick={() => onChange([...tags, { key: '' }])}
          >
            Add tag
          </Button>
          {tags.length === 0 && defaults && (
            <Text color="secondary" variant="bodySmall">
              {`Without any: ${defaults}.`}
            </Text>
          )}
        </Stack>
      </Stack>
    </InlineField>
  );
}

/** An empty text means "the same name", which Grafana knows only as a missing value. */
function withValue(tag: TagMapping, value: string): TagMapping {
  return value === '' ? { key: tag.key } : { ...tag, value };
}
