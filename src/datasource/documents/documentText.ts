/**
 * How the text of a document stands in a query: packed, as base64 of its gzip. Packed it is about a tenth as long, and it
 * holds nothing that Grafana would take for a variable: links replace variables in every text of their query (12.4,
 * grafana-data/src/utils/dataLinks.ts), and `${…}` in a span is not one of them.
 */
const PACKED = 'gzip:';

/** As is where the browser cannot pack. */
export async function packText(text: string): Promise<string> {
  if (typeof CompressionStream === 'undefined') {
    return text;
  }
  return PACKED + toBase64(await through(new TextEncoder().encode(text), new CompressionStream('gzip')));
}

export function isPacked(text: string): boolean {
  return text.startsWith(PACKED);
}

/** Plain text is answered as it is. Rejects on a packed text that is damaged, and beyond `maxBytes`. */
export async function unpackText(text: string, maxBytes: number): Promise<string> {
  return isPacked(text)
    ? new TextDecoder().decode(await gunzip(fromBase64(text.slice(PACKED.length)), maxBytes))
    : text;
}

/** Rejects with a `RangeError` beyond `maxBytes`: a small file may unpack to one that fills the memory. */
export function gunzip(bytes: Uint8Array<ArrayBuffer>, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  return through(bytes, new DecompressionStream('gzip'), maxBytes);
}

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  transform: CompressionStream | DecompressionStream,
  maxBytes = Infinity
): Promise<Uint8Array<ArrayBuffer>> {
  const writer = transform.writable.getWriter();
  // What fails here fails while reading, too, and is told there.
  writer.write(bytes).catch(() => undefined);
  writer.close().catch(() => undefined);
  const reader = transform.readable.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    chunks.push(chunk.value);
    length += chunk.value.length;
    if (length > maxBytes) {
      await reader.cancel();
      throw new RangeError(`more than ${maxBytes} bytes`);
    }
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

const CHUNK = 0x8000;

/** The alphabet of addresses, unpadded: nothing in it is escaped there. */
function toBase64(bytes: Uint8Array): string {
  let binary = '';
  // As arguments of one call all bytes of a large text would overflow the stack.
  for (let at = 0; at < bytes.length; at += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (character) => character.charCodeAt(0));
}
