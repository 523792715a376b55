import { normalizeSpanId, normalizeTraceId } from '../../model/ids';

/**
 * How a server writes ids. OTLP's JSON has hex; a stock protobuf printer (Tempo, Jaeger up to 1.53) writes base64.
 * `by-shape` is for bodies of unknown origin: full-length ids of the two encodings differ in length and padding.
 */
export type IdEncoding = 'hex' | 'base64' | 'by-shape';

export const TRACE_ID_BYTES = 16;
export const SPAN_ID_BYTES = 8;

/** → 32 lower-case hex digits; undefined when the text is no id or all zeros. */
export function decodeTraceId(text: string, encoding: IdEncoding): string | undefined {
  const hex = toHex(text, encoding, TRACE_ID_BYTES);
  return hex === undefined ? undefined : normalizeTraceId(hex);
}

/** → 16 lower-case hex digits; undefined when the text is no id or all zeros. */
export function decodeSpanId(text: string, encoding: IdEncoding): string | undefined {
  const hex = toHex(text, encoding, SPAN_ID_BYTES);
  return hex === undefined ? undefined : normalizeSpanId(hex);
}

function toHex(text: string, encoding: IdEncoding, byteLength: number): string | undefined {
  const isHex = encoding === 'hex' || (encoding === 'by-shape' && !looksLikeBase64(text, byteLength));
  return isHex ? text : hexFromBase64(text);
}

/** 16 bytes make 22 characters and `==`, 8 bytes make 11 and `=`; as hex they make 32 and 16 digits. */
function looksLikeBase64(text: string, byteLength: number): boolean {
  const unpadded = text.replace(/=+$/, '');
  return unpadded.length === Math.ceil((byteLength * 4) / 3) && (unpadded !== text || !/^[0-9a-f]+$/i.test(text));
}

/** Both alphabets, with or without padding. */
function hexFromBase64(text: string): string | undefined {
  const unpadded = text.replace(/-/g, '+').replace(/_/g, '/').replace(/=+$/, '');
  if (!/^[A-Za-z0-9+/]*$/.test(unpadded) || unpadded.length % 4 === 1) {
    return undefined;
  }
  let hex = '';
  for (const character of atob(unpadded)) {
    hex += character.charCodeAt(0).toString(16).padStart(2, '0');
  }
  return hex;
}
