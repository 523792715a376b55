import type { VisitPlan } from './planVisit';

/** The request with which a visitor's browser begins the visit. */
export function visitRequest({ kind }: VisitPlan): { readonly method: 'GET' | 'POST'; readonly path: string } {
  return kind === 'browse' ? { method: 'GET', path: '/products' } : { method: 'POST', path: '/cart/checkout' };
}
