import Fastify, { type FastifyInstance } from 'fastify';
import { installFaults, installJournal, type SimCore } from '../core/index.js';
import { refuse } from './errors.js';
import type { MiniappKnobs, MiniappPlatform, MiniappState, PaymentsPort } from './platform.js';
import { type PushCrypto, PushSender } from './push-sender.js';
import { registerCodeRoutes } from './routes-code.js';
import { registerContentRoutes } from './routes-content.js';
import { registerLoginRoutes } from './routes-login.js';
import { registerSubscribeRoutes } from './routes-subscribe.js';
import { registerShippingRoutes } from './shipping.js';
import { SubscribeLedger } from './subscribe.js';
import { ClientCodes, MiniappTokens } from './tokens.js';

/** The running simulator of the mini-program platform. */
export interface MiniappSim extends MiniappPlatform {
  app: FastifyInstance;
  listen(port: number): Promise<string>;
  close(): Promise<void>;
}

const MINUTE = 60_000;

/** Refuses with `code` once more than `max` hits fall into one minute. */
function minuteWindow(now: () => number, max: () => number, code: number): (key: string) => void {
  const hits = new Map<string, { from: number; count: number }>();
  return (key) => {
    const held = hits.get(key);
    const window = held && now() - held.from < MINUTE ? held : { from: now(), count: 0 };
    hits.set(key, window);
    window.count += 1;
    if (window.count > max()) refuse(code);
  };
}

/**
 * Builds the simulator of the world's mini-program; nothing listens yet.
 *
 * @param crypto the message cipher, shared with WeCom because both platforms use the same one
 * @param payments what the shipping service may ask and tell the payment platform
 */
export function createMiniapp(core: SimCore, crypto: PushCrypto, payments?: PaymentsPort): MiniappSim {
  const now = (): number => core.clock.now();
  const state: MiniappState = { shipping: {}, codes: [], links: {}, subscribe: {}, subscribeKept: {} };
  core.state.register<MiniappState>(
    'miniapp',
    () => state,
    (saved) => Object.assign(state, saved),
  );
  const knobs: MiniappKnobs = {
    unionidBound: true,
    blockedConsumers: [],
    riskRanks: {},
    publishedPages: null,
    templates: null,
    mediaCheckMs: 3000,
    perMinute: 5000,
  };
  const app = Fastify({ bodyLimit: 12 * 1024 * 1024, forceCloseConnections: true });
  const pushSender = new PushSender(core, crypto);
  const touch = (): void => core.state.touch('miniapp');
  const sim: MiniappSim = {
    core,
    app,
    state,
    knobs,
    tokens: new MiniappTokens(core.world.miniapp, now),
    codes: new ClientCodes(now),
    ledger: new SubscribeLedger(state.subscribe, state.subscribeKept),
    lastVisit: new Map(),
    payments,
    pushSender,
    origin: '',
    push: (event, fields) => pushSender.send(event, fields),
    rememberCode: (code) => {
      if (!state.codes.some((other) => other.text === code.text)) state.codes.push(code);
    },
    countCall: minuteWindow(now, () => knobs.perMinute, 45009),
    countLogin: minuteWindow(now, () => 100, 45011),
    touch,
    listen: async (port) => {
      sim.origin = await app.listen({ host: '127.0.0.1', port });
      return sim.origin;
    },
    close: async () => {
      await app.close();
    },
  };
  serve(sim);
  return sim;
}

function serve(sim: MiniappSim): void {
  const { app, core } = sim;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  installJournal(app, 'miniapp', core.journal);
  installFaults(app, 'miniapp', core.faults, (kind) =>
    kind === 'rate-limit'
      ? { status: 200, body: { errcode: 45009, errmsg: 'reach max api daily quota limit' } }
      : { status: 502, body: { errcode: -1, errmsg: 'system error' } },
  );
  registerLoginRoutes(app, sim);
  registerCodeRoutes(app, sim);
  registerContentRoutes(app, sim);
  registerSubscribeRoutes(app, sim);
  registerShippingRoutes(app, sim);
}
