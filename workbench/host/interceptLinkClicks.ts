import { locationService } from '@grafana/runtime';

/**
 * Plain links within the page change the address without loading the page again, as Grafana does for every anchor. Links
 * with a target, a modifier key or another origin are left to the browser.
 */
export function interceptLinkClicks(event: MouseEvent): void {
  const anchor = event.target instanceof Element ? event.target.closest('a') : null;
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!anchor?.href || event.defaultPrevented || !isPlain || (anchor.target && anchor.target !== '_self')) {
    return;
  }
  const url = new URL(anchor.href);
  if (url.origin !== location.origin || /^\/(api|public|workbench)\//.test(url.pathname)) {
    return;
  }
  event.preventDefault();
  locationService.push(url.pathname + url.search);
}
