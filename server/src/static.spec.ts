import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Config } from './platform/config/config.js';
import { serveStatic } from './static.js';

const folder = mkdtempSync(join(tmpdir(), 'static-'));
let server: FastifyInstance;
beforeAll(async () => {
  for (const path of ['files', 'console/dist', 'miniapp/dist/h5']) mkdirSync(join(folder, path), { recursive: true });
  writeFileSync(
    join(folder, 'files/coat.svg'),
    '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
  );
  for (const path of ['console/dist', 'miniapp/dist/h5']) writeFileSync(join(folder, path, 'index.html'), '<p>');
  writeFileSync(join(folder, 'console/dist/.env'), 'x');
  server = Fastify();
  await serveStatic(server, { FILES_DIR: join(folder, 'files'), WEB_DIR: folder } as Config);
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const get = (url: string) => server.inject({ method: 'GET', url });
const policy = async (url: string) => String((await get(url)).headers['content-security-policy']);

describe('what is served as a file', () => {
  it('runs no script when a picture is opened as a page of its own', async () => {
    expect((await get('/files/coat.svg')).statusCode).toBe(200);
    expect(await policy('/files/coat.svg')).toMatch(/default-src 'none'.*sandbox/);
  });

  it('lets the console run its own scripts only, and nobody frame it', async () => {
    const said = await policy('/console/');
    expect(said).toContain("script-src 'self';");
    expect(said).toContain("frame-ancestors 'none'");
    expect(said).not.toMatch(/script-src[^;]*unsafe/);
  });

  it('lets the shop be framed by whoever shows it, and not be rebased or loaded with plugins', async () => {
    const said = await policy('/m/');
    expect(said).toContain("object-src 'none'");
    expect(said).toContain("base-uri 'self'");
    expect(said).not.toContain('frame-ancestors');
  });

  it('shows no hidden file of a front end', async () => {
    expect((await get('/console/.env')).statusCode).toBe(404);
  });
});
