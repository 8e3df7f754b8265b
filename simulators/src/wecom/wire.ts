import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { jsonBody } from '../core/index.js';
import { errorBody, refuse, WecomError } from './errors.js';
import type { WecomPlatform } from './platform.js';

export type Json = Record<string, unknown>;

export interface ApiCall {
  query: Record<string, string | undefined>;
  body: Json;
  request: FastifyRequest;
}

export interface ApiOptions {
  /** Calls that read stored customer data share a cap on concurrency (45033). */
  storedRead?: boolean;
  /** OAuth and gettoken come without an access token. */
  noToken?: boolean;
  /** auth/getuserinfo is exempt from the frequency windows. */
  noLimit?: boolean;
  /** Only the contact-book secret may call, when the world has one. */
  contactsToken?: boolean;
}

export const str = (value: unknown): string => (typeof value === 'string' ? value : '');
export const num = (value: unknown, fallback: number): number => (typeof value === 'number' ? value : fallback);
export const list = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
export const objects = (value: unknown): Json[] =>
  Array.isArray(value) ? value.filter((item): item is Json => typeof item === 'object' && item !== null) : [];

/** Serves one WeCom API: IP list, token, windows, handler, and every failure as HTTP 200 with an errcode. */
export function api(
  app: FastifyInstance,
  sim: WecomPlatform,
  method: 'GET' | 'POST',
  path: string,
  handler: (call: ApiCall) => unknown,
  options: ApiOptions = {},
): void {
  app.route({
    method,
    url: path,
    handler: async (request, reply) => {
      reply.type('application/json; charset=utf-8');
      try {
        const answer = await guarded(sim, path, request, handler, options);
        return { errcode: 0, errmsg: 'ok', ...(answer as Json) };
      } catch (error) {
        if (error instanceof WecomError) return errorBody(error, sim.core.clock.now(), request.ip);
        throw error;
      }
    },
  });
}

async function guarded(
  sim: WecomPlatform,
  path: string,
  request: FastifyRequest,
  handler: (call: ApiCall) => unknown,
  options: ApiOptions,
): Promise<unknown> {
  const query = request.query as Record<string, string | undefined>;
  const allowed = sim.knobs.ipAllowList;
  if (allowed && !allowed.includes(request.ip)) refuse(60020);
  if (!options.noToken) {
    const kind = sim.tokens.check(query.access_token);
    if (options.contactsToken && sim.corp.contactsSecret && kind !== 'contacts') refuse(48002);
  }
  if (!options.noLimit) sim.limits.count(path);
  const run = async (): Promise<unknown> => {
    if (sim.knobs.latencyMs > 0) await new Promise((done) => setTimeout(done, sim.knobs.latencyMs));
    else await new Promise((done) => setImmediate(done));
    const answer = await handler({
      query,
      body: jsonBody(request.body) ?? refuse(47001, 'data format error Warning: wrong json format.'),
      request,
    });
    if (request.method === 'POST') sim.touch();
    return answer;
  };
  return options.storedRead ? sim.limits.inside(path, run) : run();
}

/** Cuts one page; the cursor is bound to the query, so a cursor of another query is refused with 50100. */
export function page<T>(rows: T[], query: string, cursor: string, limit: number): { rows: T[]; next: string } {
  const tag = createHash('sha1').update(query).digest('hex').slice(0, 12);
  let offset = 0;
  if (cursor) {
    const [seen, at] = Buffer.from(cursor, 'base64url').toString('utf8').split(':');
    if (seen !== tag || !/^\d+$/.test(at ?? '')) refuse(50100);
    offset = Number(at);
  }
  const end = offset + limit;
  const next = end < rows.length ? Buffer.from(`${tag}:${end}`).toString('base64url') : '';
  return { rows: rows.slice(offset, end), next };
}

export const bytes = (text: string): number => Buffer.byteLength(text, 'utf8');
