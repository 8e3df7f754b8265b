import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { Config } from './platform/config/config.js';

const YEAR_MS = 365 * 86_400_000;
const apps: readonly [prefix: string, folder: string][] = [
  ['/m/', 'miniapp/dist/h5'],
  ['/sidebar/', 'wecom-sidebar/dist'],
  ['/console/', 'console/dist'],
  ['/verifier/', 'verifier/dist/page'],
];

/** Serves the front ends and the files folder, for one machine; a larger deployment puts a web server in front. */
export async function serveStatic(fastify: FastifyInstance, config: Config): Promise<void> {
  await fastify.register(fastifyStatic, {
    root: config.FILES_DIR,
    prefix: '/files/',
    decorateReply: true,
    // A hidden file in the folder is somebody's slip, never a picture.
    dotfiles: 'ignore',
    maxAge: YEAR_MS,
    index: false,
  });
  for (const [prefix, folder] of apps) {
    const root = config.WEB_DIR ? join(config.WEB_DIR, folder) : null;
    if (!root || !existsSync(root)) continue;
    await fastify.register(fastifyStatic, {
      root,
      prefix,
      decorateReply: false,
      // Built files carry a hash in their names, the entry page does not.
      setHeaders: (response, path) =>
        void response.header(
          'cache-control',
          path.endsWith('.html') ? 'no-cache' : 'public, max-age=31536000, immutable',
        ),
    });
  }
}
