import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { RawServerDefault } from 'fastify';
import { AppModule } from './app.module.js';
import { DIRECTORY } from './modules/identity/index.js';
import { Sessions } from './platform/access/sessions.js';
import { Clock } from './platform/clock/clock.js';
import { type Config, loadConfig } from './platform/config/config.js';
import { refuse } from './platform/errors/app-error.js';
import { AccessGuard, type Directory } from './platform/http/access.guard.js';
import { ProblemFilter } from './platform/http/problem.filter.js';
import { ResponseCheckInterceptor } from './platform/http/response-check.interceptor.js';
import { secureHeaders } from './platform/http/secure-headers.js';
import { tellServerTime } from './platform/http/server-time.js';
import { isTooDeep } from './platform/http/shallow-json.js';
import { mayHoldHalves, withoutHalves } from './platform/http/whole-characters.js';
import { log, withTrace } from './platform/observability/log.js';
import { observeRequest } from './platform/observability/metrics.js';
import { requireFilledSlots } from './platform/slots/slot.js';
import { serveStatic } from './static.js';

const BODY_LIMIT = 2 * 1024 * 1024;

/** Builds the whole application, ready to listen or to be injected into; the worker builds the same and never listens. */
export async function createApp(config: Config, clock?: Clock): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    genReqId: () => randomUUID(),
    trustProxy: 'loopback',
    routerOptions: { maxParamLength: 200 },
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(config, clock), adapter, {
    rawBody: true,
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  const fastify = adapter.getInstance();
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  app.useBodyParser<RawServerDefault>('application/json', { bodyLimit: BODY_LIMIT }, (request, body, done) => {
    if (isTooDeep(body)) done(refuse('VALIDATION', { where: 'body', problem: 'nests too deep' }));
    // A till signs what it sends, to the letter.
    else if (request.url.startsWith('/api/pos/') || !mayHoldHalves(body))
      parseJson(request, body as unknown as string, done);
    else parseJson(request, body as unknown as string, (error, value) => done(error, withoutHalves(value)));
  });
  app.useBodyParser('text/xml');
  app.useBodyParser('application/xml');
  fastify.addHook('onRequest', (request, _reply, done) => withTrace(request.id, done));
  fastify.addHook('onResponse', (request, reply, done) => {
    observeRequest(request.routeOptions.url ?? 'unknown', reply.statusCode, reply.elapsedTime / 1000);
    done();
  });
  // A connection that is answered while the server closes must not hold up its end until the keep-alive time is over.
  fastify.addHook('preClose', (done) => {
    fastify.server.keepAliveTimeout = 1;
    done();
  });
  // The sandbox shows our pages in frames of its phone and chat window; a deployment sets frame rules at its proxy.
  await secureHeaders(fastify, {
    contentSecurityPolicy: false,
    frameguard: false,
    crossOriginResourcePolicy: { policy: 'cross-origin' },
  });
  tellServerTime(fastify, app.get(Clock));
  await serveStatic(fastify, config);
  app.useGlobalGuards(new AccessGuard(app.get(Sessions), app.get<Directory>(DIRECTORY)));
  app.useGlobalFilters(new ProblemFilter());
  if (config.NODE_ENV === 'test') app.useGlobalInterceptors(new ResponseCheckInterceptor());
  app.enableShutdownHooks();
  await app.init();
  requireFilledSlots();
  await fastify.ready();
  return app;
}

/** Reads the configuration or ends the process, naming the first bad setting. */
export function configOrExit(env: NodeJS.ProcessEnv): Config {
  try {
    return loadConfig(env);
  } catch (error) {
    log.fatal((error as Error).message);
    process.exit(1);
  }
}
