import Fastify, { type FastifyInstance } from 'fastify';
import { installFaults, installJournal, type SimCore } from '../core/index.js';
import { CorpBook, emptyState } from './book.js';
import { CallbackSender } from './callback-sender.js';
import { HumanActions } from './human-actions.js';
import { HumanTags } from './human-tags.js';
import { Limits } from './limits.js';
import type { MessageSink } from './message-sink.js';
import { DEFAULT_KNOBS, type WecomKnobs, type WecomState } from './model.js';
import type { WecomPlatform } from './platform.js';
import { registerMessageRoutes } from './routes-app-message.js';
import { registerContactReadRoutes } from './routes-contact-read.js';
import { registerContactWayRoutes } from './routes-contact-way.js';
import { registerContactWriteRoutes } from './routes-contact-write.js';
import { registerMassRoutes } from './routes-mass-message.js';
import { registerMediaRoutes } from './routes-media.js';
import { registerOauthRoutes } from './routes-oauth.js';
import { registerTagRoutes } from './routes-tag.js';
import { registerTransferRoutes } from './routes-transfer.js';
import { registerUserRoutes } from './routes-user.js';
import { registerWelcomeRoutes } from './routes-welcome.js';
import { type CorpSecrets, Tokens } from './tokens.js';
import { TransferClock } from './transfer-clock.js';

/** The running WeCom simulator: the platform, its API and the people who use its clients. */
export interface WecomSim extends WecomPlatform {
  app: FastifyInstance;
  transfers: TransferClock;
  human: HumanActions;
  humanTags: HumanTags;
  listen(port: number): Promise<string>;
  close(): Promise<void>;
}

/** Builds the simulator of the world's corp; nothing listens yet. */
export function createWecom(core: SimCore, sink: MessageSink): WecomSim {
  const { corp } = core.world;
  const now = (): number => core.clock.now();
  const knobs: WecomKnobs = { ...DEFAULT_KNOBS };
  const state = emptyState();
  const book = new CorpBook(corp.corpId, state, knobs, now);
  const sender = new CallbackSender(core, 'wecom', {
    url: corp.callbackUrl,
    token: corp.token,
    encodingAesKey: corp.encodingAesKey,
    receiveId: corp.corpId,
    agentId: corp.agentId,
  });
  // Bodies up to the 20 MB of a file upload must pass.
  const app = Fastify({ bodyLimit: 25 * 1024 * 1024, forceCloseConnections: true });
  const platform: WecomPlatform = {
    core,
    corp: corp as CorpSecrets,
    book,
    knobs,
    tokens: new Tokens(corp as CorpSecrets, knobs, now, state),
    limits: new Limits(knobs, now),
    sender,
    sink,
    origin: '',
    touch: () => core.state.touch('wecom'),
  };
  // A hand-over ends with a new contact, and a person may decide about a hand-over: each needs the other.
  const transfers = new TransferClock(platform, (contact) => human.addContact(contact));
  const human: HumanActions = new HumanActions(platform, transfers);
  // One object for all: whoever holds the platform learns its origin the moment it listens.
  const sim: WecomSim = Object.assign(platform, {
    app,
    transfers,
    human,
    humanTags: new HumanTags(platform),
    listen: async (port: number) => {
      platform.origin = await app.listen({ host: '127.0.0.1', port });
      return platform.origin;
    },
    close: async () => {
      sender.close();
      await app.close();
    },
  });
  core.state.register<WecomState>(
    'wecom',
    () => state,
    (saved) => Object.assign(state, saved),
  );
  for (const member of core.world.members) book.addMember(member);
  for (const consumer of core.world.consumers) book.addConsumer(consumer);
  sim.transfers.resume();
  serve(sim);
  return sim;
}

function serve(sim: WecomSim): void {
  const { app, core } = sim;
  // Clients send JSON under several content types, and the platform reads the body all the same.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(/^multipart\//, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  installJournal(app, 'wecom', core.journal);
  installFaults(app, 'wecom', core.faults, (kind) =>
    kind === 'rate-limit'
      ? { status: 200, body: { errcode: 45009, errmsg: 'api freq out of limit' } }
      : { status: 502, body: { errcode: -1, errmsg: 'system busy' } },
  );
  for (const register of [
    registerOauthRoutes,
    registerUserRoutes,
    registerContactReadRoutes,
    registerContactWriteRoutes,
    registerTagRoutes,
    registerContactWayRoutes,
    registerWelcomeRoutes,
    registerTransferRoutes,
    registerMassRoutes,
    registerMessageRoutes,
    registerMediaRoutes,
  ]) {
    register(app, sim);
  }
}
