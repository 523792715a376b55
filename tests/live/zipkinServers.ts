import type { ContractOptions } from '../../src/backends/contract/describeBackend';
import { ZIPKIN_SERVER } from '../../src/backends/zipkin/testdata/servers';

export interface LiveZipkin {
  readonly name: string;
  readonly url: string;
  readonly expectations: Omit<ContractOptions, 'server' | 'world'>;
}

/**
 * The servers that the environment names: `ZIPKIN_KNOWN_URL` for the release of the recordings, as `npm run test:zipkin`
 * starts it, and `ZIPKIN_URL` for any other, of whose configuration nothing is known.
 */
export function zipkinServers(env: Partial<NodeJS.ProcessEnv>): readonly LiveZipkin[] {
  const { recording, expectations } = ZIPKIN_SERVER;
  const { capabilities, ...others } = expectations;
  return [
    { name: recording, url: env.ZIPKIN_KNOWN_URL, expectations },
    { name: 'own', url: env.ZIPKIN_URL, expectations: others },
  ].flatMap(({ url, ...server }) => (url ? [{ ...server, url: url.replace(/\/+$/, '') }] : []));
}
