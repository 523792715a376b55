import { Attributes } from '../../model/attributes';
import { readJsonAttributes, writeJsonAttributes } from './jsonAttributes';

/** What an annotation says. */
export interface AnnotationText {
  readonly name: string;
  readonly attributes: Attributes;
}

/**
 * How exporters write an event with attributes into the one text that Zipkin has for it: `"retry": {"delay":5}` by the
 * specification (with and without the space and the quotes, depending on the language), `retry|{"delay":5}|0` by the
 * Collector, whose last number counts attributes that were dropped.
 */
const FORMS: readonly RegExp[] = [
  /^"((?:[^"\\]|\\.)*)"\s*:\s*(\{.*\})$/s,
  /^(.*?)\|(\{.*\})\|\d+$/s,
  /^([^"{|]*?):\s*(\{.*\})$/s,
];

/** The value of an annotation → the event's name and attributes; any other text is a name. */
export function readAnnotationText(value: string): AnnotationText {
  if (value.includes('{')) {
    for (const [index, form] of FORMS.entries()) {
      const match = form.exec(value);
      const attributes = match && readJsonAttributes(match[2]);
      const name = match && (index === 0 ? unquote(match[1]) : match[1]);
      if (attributes && typeof name === 'string') {
        return { name, attributes };
      }
    }
  }
  return { name: value, attributes: Attributes.empty };
}

/** The inverse, by the specification. A name that would itself be read as such a form is written as one. */
export function writeAnnotationText({ name, attributes }: AnnotationText): string {
  return attributes.size === 0 && readAnnotationText(name).name === name
    ? name
    : `${JSON.stringify(name)}: ${writeJsonAttributes(attributes)}`;
}

function unquote(text: string): string | undefined {
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return text;
  }
}
