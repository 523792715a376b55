import { InlineSwitch } from '@grafana/ui';
import React from 'react';
import type { DashboardAnnotation } from './annotationEvents';

interface AnnotationControlsProps {
  readonly annotations: readonly DashboardAnnotation[];
  /** Names of those that are drawn. */
  readonly enabled: ReadonlySet<string>;
  readonly onChange: (name: string, isEnabled: boolean) => void;
}

/** A switch for each annotation of a dashboard that is not hidden. */
export const AnnotationControls = ({ annotations, enabled, onChange }: AnnotationControlsProps) => (
  <>
    {annotations
      .filter(({ hide }) => !hide)
      .map(({ name }) => (
        <InlineSwitch
          key={name}
          id={`annotation-${name}`}
          label={name}
          showLabel
          value={enabled.has(name)}
          onChange={({ currentTarget }) => onChange(name, currentTarget.checked)}
        />
      ))}
  </>
);
