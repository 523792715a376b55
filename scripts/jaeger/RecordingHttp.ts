import { LiveHttp } from '../../src/backends/contract/liveWorld';
import type { Exchange } from '../../src/backends/contract/recording';
import type { HttpRequest, HttpResponse } from '../../src/backends/http';

/** Asks a running server and keeps what it answered. */
export class RecordingHttp extends LiveHttp {
  readonly exchanges: Exchange[] = [];

  override async get(request: HttpRequest): Promise<HttpResponse> {
    const { status, contentType, body } = await super.get(request);
    const { path: route, query } = request;
    this.exchanges.push({ request: { path: route, query }, status, contentType, body });
    return { status, contentType, body };
  }
}
