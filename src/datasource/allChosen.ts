/** Whether several chosen names are all there are: then they narrow nothing, and one request asks the same as many. */
import { formatChoices } from '../query/choices';
import type { Run } from './run';

/** Each service has a list of its own; asking for more would cost what it is to save. */
const MAX_LISTS = 100;

/** "All" of a variable lists every service; a search that names none asks the same in one request. */
export function areAllServices(services: readonly string[], { catalogue, context, window }: Run): Promise<boolean> {
  return areAll(services, () => catalogue.listServices(window, context.signal));
}

/** The operations that narrow what these services did, of any where none is named; none when all of theirs are chosen. */
export async function narrowingNames(
  operations: readonly string[],
  services: readonly string[],
  { catalogue, context, window }: Run
): Promise<readonly string[]> {
  const listNames = async () => {
    const owners = services.length > 0 ? services : await catalogue.listServices(window, context.signal);
    return owners.length > MAX_LISTS ? [] : catalogue.listSpanNames(formatChoices(owners), window, context.signal);
  };
  return operations.length > 1 && (await areAll(operations, listNames)) ? [] : operations;
}

/** Not when nobody knows: the names are then asked for as they are. */
async function areAll(names: readonly string[], list: () => Promise<readonly string[]>): Promise<boolean> {
  try {
    const chosen = new Set(names);
    const known = await list();
    return known.length > 0 && known.every((name) => chosen.has(name));
  } catch {
    return false;
  }
}
