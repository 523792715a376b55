import type { RequestContext, TraceBackend } from '../backend';
import type { Question } from './questions';

/**
 * As the product asks: it knows what a server can do before it asks anything else; but "Save & test" comes first and finds
 * that out itself.
 */
export async function askAsProduct(
  question: Question,
  backend: TraceBackend,
  context: RequestContext
): Promise<unknown> {
  if (question.name !== 'probe') {
    await backend.capabilities?.(context);
  }
  return question.ask(backend, context);
}
