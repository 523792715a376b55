import type { FastifyInstance } from 'fastify';

const TRIES = 20;

/**
 * Listens on 127.0.0.1 at the wanted port, or at the next free one after saying so. Port 0 takes any.
 * @returns the address without a trailing slash
 */
export async function listenOnFreePort(
  app: FastifyInstance,
  wanted: number,
  say: (line: string) => void
): Promise<string> {
  for (let port = wanted; port < wanted + TRIES && port <= 65_535; port++) {
    try {
      return await app.listen({ port, host: '127.0.0.1' });
    } catch (error) {
      if (!isBusy(error)) {
        throw error;
      }
      say(`Port ${port} is taken by another program; trying ${port + 1}.`);
    }
  }
  throw new Error(`No free port from ${wanted} to ${wanted + TRIES - 1}. Choose another with --port.`);
}

function isBusy(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return code === 'EADDRINUSE' || code === 'EACCES';
}
