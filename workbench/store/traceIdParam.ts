/** Base64 forms came with v2.20 (jaegerquery/internal/apiv3/http_gateway.go, TraceIDFromString). */
const BASE64 = /^[A-Za-z0-9+/_-]{1,24}={0,2}$/;

/** A trace id of a path, padded to 32 lower-case digits. Throws Go's words. */
export function parseTraceIdParam(text: string): string {
  if (!isHex(text) && text.length <= 24 && BASE64.test(text)) {
    const bytes = Buffer.from(text.replaceAll('-', '+').replaceAll('_', '/'), 'base64');
    if (bytes.length !== 16 && bytes.length !== 8) {
      throw new Error('invalid length for TraceID');
    }
    return bytes.toString('hex').padStart(32, '0');
  }
  return parseHexTraceId(text);
}

/** The same without base64, which the search parameter `traceID` never knew. */
export function parseHexTraceId(text: string): string {
  if (isHex(text)) {
    return text.toLowerCase().padStart(32, '0');
  }
  throw new Error(
    text.length > 32
      ? `TraceID cannot be longer than 32 hex characters: ${text}`
      : `strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`
  );
}

function isHex(text: string): boolean {
  return /^[0-9a-fA-F]{1,32}$/.test(text);
}

/** As the legacy API prints an id: 16 digits when the upper half is zero. */
export function legacyTraceId(traceId: string): string {
  return traceId.startsWith('0000000000000000') ? traceId.slice(16) : traceId;
}
