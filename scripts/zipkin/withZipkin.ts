import { ZIPKIN_SERVER } from '../../src/backends/zipkin/testdata/servers';
import { obtainJar } from './obtainJar';
import { startZipkin } from './startZipkin';

/** A server that can be asked, or why there is none. */
export type FoundZipkin = { readonly url: string } | { readonly reason: string };

/** The server that `ZIPKIN_URL` names, else one that is started here; stopped in the end, whatever happens. */
export async function withZipkin<T>(run: (found: FoundZipkin) => Promise<T>): Promise<T> {
  const named = process.env.ZIPKIN_URL?.replace(/\/+$/, '');
  if (named) {
    return run({ url: named });
  }
  const obtained = await obtainJar(ZIPKIN_SERVER.version);
  if ('reason' in obtained) {
    return run(obtained);
  }
  const server = await startZipkin(obtained.jar, ZIPKIN_SERVER.env);
  const leave = (signal: NodeJS.Signals) =>
    void server.stop().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143));
  process.once('SIGINT', leave);
  process.once('SIGTERM', leave);
  try {
    return await run({ url: server.url });
  } finally {
    process.removeListener('SIGINT', leave);
    process.removeListener('SIGTERM', leave);
    await server.stop();
  }
}
