import type { Attributes } from '../../model/attributes';
import { PEER_SERVICE, SERVICE_NAME } from '../../model/semconv';
import { UNKNOWN_SERVICE, type Resource, type Span } from '../../model/trace';
import { HOST_IP, LOCAL_PORT, PEER_ADDRESS, PEER_PORT, SERVER_ADDRESS } from './tagKeys';
import type { ZipkinEndpoint } from './zipkinJson';

/** An endpoint, and the attributes that it says in full, which need no tag any more. */
export interface WrittenEndpoint {
  readonly endpoint?: ZipkinEndpoint;
  readonly keys: readonly string[];
}

export function localEndpoint({ serviceName, attributes }: Resource): WrittenEndpoint {
  const isNamed = serviceName !== UNKNOWN_SERVICE || attributes.has(SERVICE_NAME);
  return withFields(isNamed ? serviceName : undefined, [
    [HOST_IP, addressFields(attributes.get(HOST_IP))],
    [LOCAL_PORT, portField(attributes, LOCAL_PORT)],
  ]);
}

/**
 * Whom a span calls, where its attributes say it. The name of a server stands in for that of its service, as in
 * OpenTelemetry's exporters; it stays a tag, since it may be an address as well.
 */
export function remoteEndpoint({ kind, attributes }: Span): WrittenEndpoint {
  const peer = textOf(attributes, PEER_SERVICE);
  const isCaller = kind === 'client' || kind === 'producer';
  const written = withFields(peer ?? (isCaller ? textOf(attributes, SERVER_ADDRESS) : undefined), [
    [PEER_ADDRESS, addressFields(attributes.get(PEER_ADDRESS))],
    [PEER_PORT, portField(attributes, PEER_PORT)],
  ]);
  return peer === undefined ? written : { ...written, keys: [...written.keys, PEER_SERVICE] };
}

function withFields(
  serviceName: string | undefined,
  fields: ReadonlyArray<readonly [key: string, part: ZipkinEndpoint | undefined]>
): WrittenEndpoint {
  const told = fields.flatMap(([key, part]) => (part === undefined ? [] : [{ key, part }]));
  const parts = [...(serviceName === undefined ? [] : [{ serviceName }]), ...told.map(({ part }) => part)];
  return {
    ...(parts.length > 0 && { endpoint: Object.assign({}, ...parts) as ZipkinEndpoint }),
    keys: told.map(({ key }) => key),
  };
}

const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const IPV6 = /^[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}$/;

/** One address of each family at most; anything else is left to a tag. */
function addressFields(value: unknown): ZipkinEndpoint | undefined {
  const addresses: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = addresses.filter((address) => typeof address === 'string');
  const ipv4 = texts.filter((address) => IPV4.test(address));
  const ipv6 = texts.filter((address) => IPV6.test(address));
  const isAll = ipv4.length + ipv6.length === addresses.length && ipv4.length <= 1 && ipv6.length <= 1;
  return isAll && addresses.length > 0
    ? { ...(ipv4.length > 0 && { ipv4: ipv4[0] }), ...(ipv6.length > 0 && { ipv6: ipv6[0] }) }
    : undefined;
}

function portField(attributes: Attributes, key: string): ZipkinEndpoint | undefined {
  const port = attributes.get(key);
  return typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536 ? { port } : undefined;
}

function textOf(attributes: Attributes, key: string): string | undefined {
  return attributes.getString(key) || undefined;
}
