import { randomBytes } from 'node:crypto';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { installFaults, installJournal } from '../core/index.js';
import { billRoutes } from './bills.js';
import { INNER, PayError, signError } from './errors.js';
import { installNotify } from './notify.js';
import { tamper } from './notify-faults.js';
import { orderRoutes } from './orders.js';
import { profitSharingRoutes } from './profit-sharing.js';
import { refundRoutes } from './refunds.js';
import type { Answer, Call, Route } from './route.js';
import { securityRoutes } from './security.js';
import { signedHeaders, verifyRequest } from './signing.js';
import type { PaySim } from './sim.js';
import { splitReturnRoutes } from './split-returns.js';
import { transferRoutes } from './transfers.js';
import { checkFields } from './validate.js';

const RESPONSE_FAULTS = [
  'bad-signature',
  'signtest',
  'expired-certificate',
  'wrong-amount',
  'foreign-merchant',
  'tampered',
] as const;
/** Work due this soon counts as a consequence of the call for the fault `callback-before-response`. */
const SOON_MS = 60_000;
const ORDER_PATH = /^\/v3\/pay\/(partner\/)?transactions\//;

const header = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
};
const requestId = (inner: number) => `${randomBytes(12).toString('hex').toUpperCase()}-${inner}`;
const pathOf = (url: string) => url.split('?')[0] ?? url;

function verified(sim: PaySim, request: FastifyRequest): Call {
  const url = request.raw.url ?? request.url;
  const orderPath = ORDER_PATH.test(url);
  if (!orderPath && (!header(request, 'user-agent') || !header(request, 'accept'))) {
    throw new PayError(400, 'INVALID_REQUEST', 'Http头缺少Accept或User-Agent');
  }
  const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const authorization = header(request, 'authorization');
  const signed = { method: request.method, url, authorization, body: raw, nowMs: sim.now(), orderPath };
  const merchant = verifyRequest(signed, sim.core.world.merchants);
  return {
    merchant,
    body: raw.length > 0 ? parse(raw) : {},
    query: request.query as Record<string, string>,
    params: request.params as Record<string, string>,
    serial: header(request, 'wechatpay-serial'),
  };
}

function parse(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    throw new PayError(400, 'PARAM_ERROR', '请求报文不是合法的JSON');
  }
}

/** Sends a 2xx signed with the key that the caller asked for; files go out unsigned, errors elsewhere. */
function send(sim: PaySim, request: FastifyRequest, reply: FastifyReply, answer: Answer): FastifyReply {
  reply.header('Request-ID', requestId(0));
  if (Buffer.isBuffer(answer.body)) return reply.type('application/octet-stream').send(answer.body);
  const exchange = {
    target: 'pay' as const,
    side: 'request' as const,
    method: request.method,
    paths: [pathOf(request.url)],
  };
  const struck = sim.core.faults.take(exchange, RESPONSE_FAULTS);
  const text = answer.body === undefined ? '' : JSON.stringify(tamper.plaintext(answer.body, struck));
  const signer = tamper.signer(sim.keys.requested(header(request, 'wechatpay-serial')), struck);
  reply.headers(tamper.headers(signedHeaders(text, sim.now(), signer), struck));
  reply.code(answer.status ?? (text ? 200 : 204));
  if (!text) return reply.send();
  const bent = struck.some((fault) => fault.kind === 'tampered')
    ? text.replace(/\d(?=\D*$)/, (d) => String((+d + 1) % 10))
    : text;
  return reply.type('application/json; charset=utf-8').send(bent);
}

function addRoute(app: FastifyInstance, sim: PaySim, route: Route): void {
  app.route({
    method: route.method,
    url: route.url,
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      const call = verified(sim, request);
      if (route.fields) checkFields(route.fields, call.body);
      const exchange = {
        target: 'pay' as const,
        side: 'request' as const,
        method: request.method,
        paths: [pathOf(request.url)],
      };
      const early = sim.core.faults.take(exchange, ['callback-before-response']).length > 0;
      const before = early ? sim.jobs.ids() : new Set<string>();
      const answer = await route.handle(call);
      if (early) await sim.jobs.runNew(before, SOON_MS);
      return send(sim, request, reply, answer);
    },
  });
}

function answerErrors(app: FastifyInstance, routes: Route[]): void {
  app.setErrorHandler((error, request, reply) => {
    if (!(error instanceof PayError)) {
      request.log.error(error);
      return reply
        .code(500)
        .header('Request-ID', requestId(INNER.signError))
        .send({ code: 'SYSTEM_ERROR', message: '系统异常，请稍后重试' });
    }
    const silent =
      error.status === 401 &&
      ORDER_PATH.test(request.url) &&
      error.message === signError('签名信息错误，验签失败').message;
    if (!silent) reply.header('Request-ID', requestId(error.inner));
    return reply.code(error.status).type('application/json; charset=utf-8').send(JSON.stringify(error.body()));
  });
  const patterns = routes.map((route) => new RegExp(`^${route.url.replace(/:\w+/g, '[^/]+')}$`));
  app.setNotFoundHandler((request, reply) => {
    const known = patterns.some((pattern) => pattern.test(pathOf(request.url)));
    return reply.code(known ? 405 : 404).send();
  });
}

/** The HTTP face of the simulated WeChat Pay; it stands at the root of its host, because paths are signed. */
export function buildPayServer(sim: PaySim): FastifyInstance {
  const app = Fastify({ forceCloseConnections: true, routerOptions: { maxParamLength: 200 }, bodyLimit: 1_048_576 });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  installJournal(app, 'pay', sim.core.journal);
  installFaults(app, 'pay', sim.core.faults, (kind) =>
    kind === '5xx'
      ? { status: 500, body: { code: 'SYSTEM_ERROR', message: '系统异常，请稍后重试' } }
      : { status: 429, body: { code: sim.settings.rateLimitCode, message: '频率超限，请降低请求频率' } },
  );
  installNotify(sim);
  const routes = [
    ...securityRoutes(sim),
    ...orderRoutes(sim),
    ...refundRoutes(sim),
    ...profitSharingRoutes(sim),
    ...splitReturnRoutes(sim),
    ...transferRoutes(sim),
    ...billRoutes(sim),
  ];
  answerErrors(app, routes);
  for (const route of routes) addRoute(app, sim, route);
  return app;
}
