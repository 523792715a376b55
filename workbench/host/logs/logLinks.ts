import { FieldType, mapInternalLinkToExplore, type DataLink, type Field, type TimeRange } from '@grafana/data';
import type { TemplateSrv } from '@grafana/runtime';

export interface LogLink {
  readonly title: string;
  readonly href: string;
  readonly target: '_blank' | '_self';
}

/**
 * A field's links as Explore shows them (Grafana 12.4, explore/utils/links.ts): internal ones through @grafana/data's own
 * mapInternalLinkToExplore, with the range of the pane; a link with a variable that nobody knows is not shown.
 */
export function logLinks(
  value: string,
  links: readonly DataLink[],
  range: TimeRange,
  templateSrv: Pick<TemplateSrv, 'replace'>
): LogLink[] {
  const scopedVars = { __value: { text: 'Raw value', value: { raw: value } } };
  const replace = (text: string, given = {}, format?: string | Function) =>
    templateSrv.replace(text, { ...scopedVars, ...given }, format);
  const field: Field = { name: 'Line', type: FieldType.string, config: {}, values: [value] };
  return links.flatMap((link): LogLink[] => {
    if (!link.internal) {
      const href = replace(link.url, {}, 'uriencode');
      return hasUnknownVariable(href)
        ? []
        : [{ title: link.title || href, href, target: link.targetBlank ? '_blank' : '_self' }];
    }
    const {
      title,
      href,
      target = '_self',
    } = mapInternalLinkToExplore({
      link,
      internalLink: link.internal,
      scopedVars,
      range,
      field,
      replaceVariables: replace,
    });
    return hasUnknownVariable(decodeURIComponent(href)) ? [] : [{ title, href, target }];
  });
}

/** Whether a variable was left standing after replacement. */
export const hasUnknownVariable = (text: string): boolean => /\$\{\w[^}]*\}/.test(text);
