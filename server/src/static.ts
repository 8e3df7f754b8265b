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

/** A picture is looked at; opened as a page of its own, a drawing must not run what somebody hid in it. */
const FILE_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox";
/** The desk moves money: it runs its own scripts only and is framed by nobody. */
const DESK_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob: https:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');
/** Pages for clients that bring scripts and frames of their own (WeCom's, the sandbox's phone). */
const PAGE_POLICY = "object-src 'none'; base-uri 'self'; form-action 'self'";

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
    setHeaders: (response) => void response.header('content-security-policy', FILE_POLICY),
  });
  for (const [prefix, folder] of apps) {
    const root = config.WEB_DIR ? join(config.WEB_DIR, folder) : null;
    if (!root || !existsSync(root)) continue;
    await fastify.register(fastifyStatic, {
      root,
      prefix,
      decorateReply: false,
      dotfiles: 'ignore',
      // Built files carry a hash in their names, the entry page does not.
      setHeaders: (response, path) => {
        const isPage = path.endsWith('.html');
        response.header('cache-control', isPage ? 'no-cache' : 'public, max-age=31536000, immutable');
        if (isPage) response.header('content-security-policy', prefix === '/console/' ? DESK_POLICY : PAGE_POLICY);
      },
    });
  }
}
