import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { FastifyReply } from 'fastify';

const MEDIA_TYPES = new Map([
  ['.js', 'text/javascript; charset=utf-8'],
  ['.mjs', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.html', 'text/html; charset=utf-8'],
  ['.json', 'application/json'],
  ['.map', 'application/json'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.md', 'text/markdown; charset=utf-8'],
  ['.wasm', 'application/wasm'],
  ['.woff2', 'font/woff2'],
  ['.ttf', 'font/ttf'],
]);

/** The file of a decoded relative path, or undefined when it would leave the folder. */
export function resolveInside(folder: string, relative: string): string | undefined {
  const root = path.resolve(folder);
  const file = path.resolve(root, `.${path.sep}${relative}`);
  return !relative.includes('\0') && file.startsWith(root + path.sep) ? file : undefined;
}

/** Sends a file of the folder; false, with nothing sent, when there is none. */
export async function sendFile(reply: FastifyReply, folder: string, relative: string): Promise<boolean> {
  const file = resolveInside(folder, relative);
  const found = file === undefined ? undefined : await stat(file).catch(() => undefined);
  if (file === undefined || !found?.isFile()) {
    return false;
  }
  await reply
    .header('content-type', MEDIA_TYPES.get(path.extname(file)) ?? 'application/octet-stream')
    .header('content-length', found.size)
    .header('cache-control', 'no-cache')
    .send(createReadStream(file));
  return true;
}

/** What Grafana serves under `public/fonts/`, by the names of @grafana/ui's global styles, out of @fontsource. */
export function fontFile(name: string): string | undefined {
  const inter = /^inter\/Inter-(Regular|Medium|Italic|MediumItalic)\.woff2$/.exec(name)?.[1];
  if (inter) {
    const weight = inter.startsWith('Medium') ? 500 : 400;
    return `inter/files/inter-latin-${weight}-${inter.endsWith('Italic') ? 'italic' : 'normal'}.woff2`;
  }
  // Grafana's monospaced font; it asks for many subsets, the latin one is enough here.
  if (/^roboto\/[\w-]+\.woff2$/.test(name)) {
    return `roboto-mono/files/roboto-mono-latin-${/500|Medium/.test(name) ? 500 : 400}-normal.woff2`;
  }
  return undefined;
}
