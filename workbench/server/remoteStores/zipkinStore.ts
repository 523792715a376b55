import { ZipkinExporter } from '../../../demo/telemetry/ZipkinExporter';
import { obtainJar } from '../../../scripts/zipkin/obtainJar';
import { startZipkin } from '../../../scripts/zipkin/startZipkin';
import { ZIPKIN_SERVER } from '../../../src/backends/zipkin/testdata/servers';
import type { OpenRemoteStore } from './remoteStore';

/** Tags of the shop whose values the server collects. */
const AUTOCOMPLETE_KEYS = 'http.request.method,http.route,deployment.environment.name,error.type';

/** A Zipkin that runs, or one that is fetched and started here and keeps its traces in memory. */
export const openZipkinStore: OpenRemoteStore = async ({ url, say }) => {
  if (url !== undefined) {
    return { url, createExporter: () => new ZipkinExporter(url), isKept: true, close: async () => undefined };
  }
  const obtained = await obtainJar(ZIPKIN_SERVER.version);
  if ('reason' in obtained) {
    throw new Error(`There is no Zipkin to start: ${obtained.reason}. Give the address of a running one with --url.`);
  }
  const server = await startZipkin(obtained.jar, { AUTOCOMPLETE_KEYS });
  say(`Zipkin ${ZIPKIN_SERVER.version} listens at ${server.url}, with its own page below /zipkin.`);
  return {
    url: server.url,
    createExporter: () => new ZipkinExporter(server.url),
    isKept: false,
    close: () => server.stop(),
  };
};
