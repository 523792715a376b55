import { Attributes, type Attribute } from '../../model/attributes';
import { PEER_SERVICE, SERVICE_NAME } from '../../model/semconv';
import { UNKNOWN_SERVICE, type Resource } from '../../model/trace';
import { isJsonObject } from '../../wire/read';
import { HOST_IP, LOCAL_PORT, PEER_ADDRESS, PEER_PORT, SERVER_ADDRESS } from './tagKeys';

const NAMELESS: Resource = { serviceName: UNKNOWN_SERVICE, attributes: Attributes.empty };

/** One resource for each distinct local endpoint, as their spans share it. */
export class LocalEndpoints {
  private readonly resources = new Map<string, Resource>();

  resourceOf(endpoint: unknown): Resource {
    if (!isJsonObject(endpoint)) {
      return NAMELESS;
    }
    const { serviceName, ipv4, ipv6, port } = endpoint;
    const key = JSON.stringify([serviceName, ipv4, ipv6, port]);
    let resource = this.resources.get(key);
    if (resource === undefined) {
      resource = readResource(endpoint);
      this.resources.set(key, resource);
    }
    return resource;
  }
}

/** Addresses are those of the host, by which clocks are told apart, as Zipkin itself does it. */
function readResource({ serviceName, ipv4, ipv6, port }: Readonly<Record<string, unknown>>): Resource {
  const addresses = [ipv4, ipv6].filter(isText);
  const entries: Attribute[] = [
    ...(isText(serviceName) ? [{ key: SERVICE_NAME, value: serviceName }] : []),
    ...(addresses.length > 0 ? [{ key: HOST_IP, value: addresses }] : []),
    ...(isPort(port) ? [{ key: LOCAL_PORT, value: port }] : []),
  ];
  return { serviceName: isText(serviceName) ? serviceName : UNKNOWN_SERVICE, attributes: Attributes.from(entries) };
}

/** The other side, as attributes of the span; left out where its tags say the same. */
export function remoteAttributes(endpoint: unknown, tags: Readonly<Record<string, unknown>>): Attribute[] {
  if (!isJsonObject(endpoint)) {
    return [];
  }
  const { serviceName, ipv4, ipv6, port } = endpoint;
  const address = [ipv4, ipv6].find(isText);
  const isTold = (value: string) =>
    [PEER_SERVICE, SERVER_ADDRESS].some((key) => Object.hasOwn(tags, key) && isSameName(tags[key], value));
  return [
    ...(isText(serviceName) && !isTold(serviceName) ? [{ key: PEER_SERVICE, value: serviceName }] : []),
    ...(address !== undefined && !Object.hasOwn(tags, PEER_ADDRESS) ? [{ key: PEER_ADDRESS, value: address }] : []),
    ...(isPort(port) && !Object.hasOwn(tags, PEER_PORT) ? [{ key: PEER_PORT, value: port }] : []),
  ];
}

/** The server writes the names of endpoints in lower case and leaves tags as they are. */
function isSameName(tag: unknown, name: string): boolean {
  return typeof tag === 'string' && tag.toLowerCase() === name.toLowerCase();
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isPort(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0;
}
