import { JAEGER_SERVERS, type Asked } from '../../src/backends/jaeger/testdata/servers';

export interface LiveServer {
  readonly name: string;
  readonly url: string;
  /** Where it takes the stories; missing when it holds them already. */
  readonly otlpUrl: string | undefined;
  readonly asked: readonly Asked[];
}

/** The variables of a server: `JAEGER_V2_20_0_URL` and `…_OTLP_URL` for v2.20.0. */
export function variablesOf(name: string): { readonly url: string; readonly otlpUrl: string } {
  const prefix = `JAEGER_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
  return { url: `${prefix}_URL`, otlpUrl: `${prefix}_OTLP_URL` };
}

/** The servers that the environment names: known releases, and with `JAEGER_URL` any server, of which nothing is known. */
export function liveServers(env: NodeJS.ProcessEnv): readonly LiveServer[] {
  const own = {
    name: 'own',
    asked: [{ recording: 'own' }],
    variables: { url: 'JAEGER_URL', otlpUrl: 'JAEGER_OTLP_URL' },
  };
  const known = JAEGER_SERVERS.map(({ name, asked }) => ({ name, asked, variables: variablesOf(name) }));
  return [...known, own].flatMap(({ name, asked, variables }) => {
    const url = withoutSlash(env[variables.url]);
    return url ? [{ name, url, otlpUrl: withoutSlash(env[variables.otlpUrl]), asked }] : [];
  });
}

function withoutSlash(url: string | undefined): string | undefined {
  return url?.replace(/\/+$/, '') || undefined;
}
