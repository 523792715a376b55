import type { Tracer } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions';
import { SERVICE_NAMES, type ServiceName } from '../task';
import { SeededIds } from './SeededIds';

/** What every service says about itself, on spans and on log lines alike. */
export function resourceAttributes(service: ServiceName): Record<string, string> {
  return {
    [ATTR_SERVICE_NAME]: service,
    [ATTR_SERVICE_VERSION]: '1.4.0',
    'service.namespace': 'shop',
    'deployment.environment.name': 'demo',
    // One host for all: with several, Jaeger suspects clock skew between them.
    'host.name': 'shop-1',
  };
}

/** A tracer per service: all of them live in one process, so there is no global provider. */
export class ShopTelemetry {
  readonly ids: SeededIds;
  private readonly providers: ReadonlyMap<ServiceName, BasicTracerProvider>;

  /** @param processorFor makes each service's own span processor */
  constructor(run: string, processorFor: (service: ServiceName) => SpanProcessor) {
    this.ids = new SeededIds(run);
    this.providers = new Map(
      SERVICE_NAMES.map((service) => [
        service,
        new BasicTracerProvider({
          resource: resourceFromAttributes(resourceAttributes(service)),
          idGenerator: this.ids,
          spanProcessors: [processorFor(service)],
        }),
      ])
    );
  }

  tracer(service: ServiceName): Tracer {
    const provider = this.providers.get(service);
    if (!provider) {
      throw new Error(`The shop has no service '${service}'`);
    }
    return provider.getTracer('shop', '1.4.0');
  }

  async flush(): Promise<void> {
    await Promise.all([...this.providers.values()].map((provider) => provider.forceFlush()));
  }

  async shutdown(): Promise<void> {
    await Promise.all([...this.providers.values()].map((provider) => provider.shutdown()));
  }
}
