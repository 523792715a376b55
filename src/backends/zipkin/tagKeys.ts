/**
 * What Zipkin has fields for and OpenTelemetry attributes. Which exporters write which:
 * https://opentelemetry.io/docs/specs/otel/trace/sdk_exporters/zipkin/
 */
export const PEER_ADDRESS = 'network.peer.address';
export const PEER_PORT = 'network.peer.port';
/** Of clients, where no `peer.service` says it better. */
export const SERVER_ADDRESS = 'server.address';
export const HOST_IP = 'host.ip';
export const LOCAL_PORT = 'network.local.port';
/** Ours: the model has no field for Zipkin's `debug`. */
export const DEBUG = 'zipkin.debug';
