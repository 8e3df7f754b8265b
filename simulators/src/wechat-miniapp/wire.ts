import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { jsonBody } from '../core/index.js';
import { MiniappError, refuse } from './errors.js';
import type { MiniappPlatform } from './platform.js';

export type Json = Record<string, unknown>;

export interface ApiCall {
  query: Record<string, string | undefined>;
  body: Json;
  reply: FastifyReply;
}

export const str = (value: unknown): string => (typeof value === 'string' ? value : '');

interface ApiOptions {
  noToken?: boolean;
  /** Login answers leave errcode out when all is well. */
  bare?: boolean;
}

/** Serves one API of api.weixin.qq.com: token, minute window, handler, every failure as HTTP 200 with an errcode. */
export function api(
  app: FastifyInstance,
  sim: MiniappPlatform,
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
        const query = request.query as Record<string, string | undefined>;
        if (!options.noToken) sim.tokens.check(query.access_token);
        sim.countCall(path);
        const answer = await handler({ query, body: jsonBody(request.body) ?? refuse(47001), reply });
        if (Buffer.isBuffer(answer)) return reply.type('image/png').send(answer);
        if (method === 'POST') sim.touch();
        return options.bare ? answer : { errcode: 0, errmsg: 'ok', ...(answer as Json) };
      } catch (error) {
        if (!(error instanceof MiniappError)) throw error;
        return { errcode: error.errcode, errmsg: `${error.message} rid: ${rid()}` };
      }
    },
  });
}

const rid = (): string =>
  [randomBytes(4), randomBytes(4), randomBytes(4)].map((part) => part.toString('hex')).join('-');
