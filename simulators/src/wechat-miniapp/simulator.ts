import Fastify, { type FastifyInstance } from 'fastify';
import { installFaults, installJournal, type SimCore } from '../core/index.js';
import { refuse } from './errors.js';
import { type PushCrypto, PushSender } from './push-sender.js';
import { registerCodeRoutes } from './routes-code.js';
import { registerContentRoutes } from './routes-content.js';
import { registerLoginRoutes } from './routes-login.js';
import { type PaymentsPort, registerShippingRoutes, type ShippingOrder } from './shipping.js';
import { SubscribeLedger } from './subscribe.js';
import { ClientCodes, MiniappTokens } from './tokens.js';

export interface KnownCode {
  text: string;
  page: string;
  scene: string;
  at: number;
}

interface MiniappState {
  shipping: Record<string, ShippingOrder>;
  codes: KnownCode[];
  links: Record<string, { path: string; query: string; at: number }>;
  subscribe: Record<string, number>;
}

export interface MiniappKnobs {
  unionidBound: boolean;
  blockedConsumers: string[];
  riskRanks: Record<string, number>;
  /** Pages of the release; unchecked when null. */
  publishedPages: string[] | null;
  /** Known template ids; unchecked when null. */
  templates: string[] | null;
  mediaCheckMs: number;
  perMinute: number;
}

export interface SubscribeMessage {
  consumerKey: string;
  templateId: string;
  page?: string;
  items: { key: string; value: string }[];
}

/** The running simulator of the mini-program platform. */
export interface MiniappSim {
  core: SimCore;
  app: FastifyInstance;
  state: MiniappState;
  knobs: MiniappKnobs;
  tokens: MiniappTokens;
  codes: ClientCodes;
  ledger: SubscribeLedger;
  lastVisit: Map<string, number>;
  payments?: PaymentsPort;
  onSubscribeMessage?: (message: SubscribeMessage) => void;
  pushSender: PushSender;
  /** Where a phone opens a page path; URL links lead there. */
  phoneUrl?: (path: string) => string;
  origin: string;
  push(event: string, fields: Record<string, unknown>): Promise<boolean>;
  rememberCode(code: KnownCode): void;
  countCall(path: string): void;
  countLogin(consumerKey: string): void;
  touch(): void;
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
  const state: MiniappState = { shipping: {}, codes: [], links: {}, subscribe: {} };
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
    ledger: new SubscribeLedger(state.subscribe),
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
  registerShippingRoutes(app, sim);
}
