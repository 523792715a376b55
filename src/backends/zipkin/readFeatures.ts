import { isJsonObject } from '../../wire/read';
import { BackendError, isMissingRoute } from '../errors';
import type { HttpClient } from '../http';
import type { ZipkinFeatures } from './capabilities';
import type { ZipkinClient } from './zipkinClient';

/** Where the UI has its settings, whether the data source's URL ends before or after `/zipkin`. */
const UI_CONFIGS = ['/zipkin/config.json', '/config.json'];

/** What the server says of its configuration. That its search is switched off, only its UI is told. */
export async function readFeatures(
  client: ZipkinClient,
  http: HttpClient,
  signal: AbortSignal
): Promise<ZipkinFeatures> {
  const [attributeKeys, isSearchEnabled] = await Promise.all([
    readAttributeKeys(client, signal),
    readSearchEnabled(http, signal),
  ]);
  return { isSearchEnabled, ...(attributeKeys && { attributeKeys }) };
}

/** Undefined where the route is missing: it came with Zipkin 2.12, and not every product with this API has it. */
async function readAttributeKeys(client: ZipkinClient, signal: AbortSignal): Promise<readonly string[] | undefined> {
  try {
    return await client.listAttributeKeys(signal);
  } catch (error) {
    if (!isMissingRoute(error)) {
      throw error;
    }
  }
  // Only of a server that answers as Zipkin does: whatever stands before it for a moment misses every route.
  await client.listServices(signal);
  return undefined;
}

/** True unless the server says otherwise: the UI may be switched off or not be passed on by a proxy. */
async function readSearchEnabled(http: HttpClient, signal: AbortSignal): Promise<boolean> {
  for (const path of UI_CONFIGS) {
    const config = await readHint(http, path, signal);
    if (config !== undefined && typeof config.searchEnabled === 'boolean') {
      return config.searchEnabled;
    }
  }
  return true;
}

/** A JSON object that is good to have; undefined for every other answer, and for none. */
export async function readHint(
  http: HttpClient,
  path: string,
  signal: AbortSignal
): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const { status, body } = await http.get({ path, signal });
    const json: unknown = status === 200 ? JSON.parse(body) : undefined;
    return isJsonObject(json) ? json : undefined;
  } catch (error) {
    if (error instanceof BackendError && error.kind === 'cancelled') {
      throw error;
    }
    return undefined;
  }
}
