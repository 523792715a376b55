import type { AnnotationEvent, DataFrame } from '@grafana/data';

export const ANNOTATION_SHAPES = ['points', 'regions'] as const;
/** A point at the start of a trace, or a region from its start to its end. */
export type AnnotationShape = (typeof ANNOTATION_SHAPES)[number];

export interface AnnotationOptions {
  readonly shape: AnnotationShape;
  /** The address of a trace. */
  hrefOf(traceId: string): string;
}

/**
 * The rows of a search table (`buildSearchFrame`) as annotations. Grafana shows the text as HTML, sanitised (12.4,
 * timeseries/annotations2/AnnotationTooltip2.tsx), so all that comes from spans is escaped here.
 */
export function buildAnnotationEvents(frames: readonly DataFrame[], options: AnnotationOptions): AnnotationEvent[] {
  return frames.flatMap((frame) => {
    const column = (name: string): readonly unknown[] =>
      frame.fields.find((field) => field.name === name)?.values ?? [];
    const [ids, starts, services, operations, durations, errors] = [
      'traceID',
      'startTime',
      'rootService',
      'rootOperation',
      'duration',
      'errors',
    ].map(column);
    return ids.flatMap((id, index): AnnotationEvent[] => {
      const time = Math.round(Number(starts[index]));
      if (typeof id !== 'string' || !Number.isFinite(time)) {
        return [];
      }
      const millis = Number(durations[index]) / 1e6;
      const failed = Number(errors[index]) > 0;
      const title = [services[index], operations[index]].map(textOf).filter(Boolean).join(': ') || 'Trace';
      return [
        {
          id,
          time,
          ...(options.shape === 'regions' && { timeEnd: Math.ceil(time + millis), isRegion: true }),
          title: escapeHtml(title),
          text: `${shownMillis(millis)}${failed ? `, ${countText(Number(errors[index]))}` : ''} · <a href="${escapeHtml(options.hrefOf(id))}">Open trace</a>`,
          tags: [textOf(services[index]), ...(failed ? ['error'] : [])].filter(Boolean),
        },
      ];
    });
  });
}

function countText(errors: number): string {
  return errors === 1 ? '1 error' : `${errors} errors`;
}

function shownMillis(millis: number): string {
  return millis >= 1000 ? `${Number((millis / 1000).toFixed(2))} s` : `${Number(millis.toFixed(2))} ms`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES.get(character) ?? character);
}
