import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface FakePrometheus {
  readonly url: string;
  stop(): Promise<void>;
}

/** The last is matched by the pattern that stands for the one before it, and must not be in an answer about that. */
const SERVICES = ['checkout', 'cart', 'a+b (c)', 'a.b .c.'];
const OPERATIONS = ['POST /checkout', 'GET /cart'];

/**
 * Just enough of Prometheus for Jaeger to answer about metrics: `query_range` gives each service that the expression
 * matches a series (`cart` none of errors), the first point of a quantile being no number.
 */
export async function startFakePrometheus(): Promise<FakePrometheus> {
  const server: Server = createServer((request, response) => {
    void (async () => {
      const { searchParams } = new URL(request.url ?? '/', 'http://prometheus');
      const parameters = request.method === 'POST' ? new URLSearchParams(await text(request)) : searchParams;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ status: 'success', data: { resultType: 'matrix', result: matrix(parameters) } }));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function matrix(parameters: URLSearchParams) {
  const expression = parameters.get('query') ?? '';
  const pattern = new RegExp(`^(?:${/service_name\s*=~\s*"([^"]*)"/.exec(expression)?.[1] ?? ''})$`);
  const isErrors = expression.includes('STATUS_CODE_ERROR');
  const served = SERVICES.filter((name) => pattern.test(name) && !(isErrors && name === 'cart'));
  const operations = /by \([^)]*span_name/.test(expression) ? OPERATIONS : [undefined];
  return served.flatMap((service) =>
    operations.map((operation) => ({
      metric: { service_name: service, ...(operation && { span_name: operation }) },
      values: points(parameters, valueOf(isErrors, expression.includes('histogram_quantile'))),
    }))
  );
}

function valueOf(isErrors: boolean, isQuantile: boolean): (index: number) => string {
  return (index) =>
    isQuantile ? (index === 0 ? 'NaN' : String(100.5 + 10 * index)) : String(isErrors ? (index % 2) / 4 : 2 + index);
}

function points(parameters: URLSearchParams, valueAt: (index: number) => string): Array<[number, string]> {
  const [start, end, step] = ['start', 'end', 'step'].map((name) => parseFloat(parameters.get(name) ?? '0'));
  const found: Array<[number, string]> = [];
  for (let index = 0; start + index * step <= end; index++) {
    found.push([start + index * step, valueAt(index)]);
  }
  return found;
}
