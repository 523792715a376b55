/** The semantic-convention keys this product reads, each once, by name. https://opentelemetry.io/docs/specs/semconv/ */
export const SERVICE_NAME = 'service.name';
export const SERVICE_NAMESPACE = 'service.namespace';

export const EXCEPTION_EVENT = 'exception';
export const EXCEPTION_TYPE = 'exception.type';
export const EXCEPTION_MESSAGE = 'exception.message';
export const EXCEPTION_STACKTRACE = 'exception.stacktrace';

/** How OpenTelemetry's non-OTLP mapping writes what older models have no field for. */
export const OTEL_STATUS_CODE = 'otel.status_code';
export const OTEL_STATUS_DESCRIPTION = 'otel.status_description';
export const OTEL_SCOPE_NAME = 'otel.scope.name';
export const OTEL_SCOPE_VERSION = 'otel.scope.version';
export const OTEL_LIBRARY_NAME = 'otel.library.name';
export const OTEL_LIBRARY_VERSION = 'otel.library.version';
export const W3C_TRACESTATE = 'w3c.tracestate';

/** OpenTracing's words, still what Jaeger's own model stores. */
export const SPAN_KIND = 'span.kind';
export const ERROR = 'error';
export const PEER_SERVICE = 'peer.service';

/** Links a span to its profile. */
export const PYROSCOPE_PROFILE_ID = 'pyroscope.profile.id';
