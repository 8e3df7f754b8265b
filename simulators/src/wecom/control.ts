import type { FastifyInstance } from 'fastify';
import { WecomError } from './errors.js';
import type { AddContact } from './human-actions.js';
import type { WecomKnobs } from './model.js';
import { contactWayText } from './routes-contact-way.js';
import { groupView } from './routes-tag.js';
import type { WecomSim } from './simulator.js';

type Body = Record<string, unknown>;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** How long a human action waits for its event to be taken before the control plane answers. */
const WAIT_MS = 2500;

/** The control plane of WeCom: human actions, knobs, revocations and everything a test wants to look at. */
export function registerWecomControl(app: FastifyInstance, sim: WecomSim): void {
  registerHuman(app, sim);
  registerViews(app, sim);

  app.post<{ Body: Partial<WecomKnobs> }>('/control/wecom/knobs', async ({ body }) =>
    Object.assign(sim.knobs, body ?? {}),
  );
  app.get('/control/wecom/knobs', async () => sim.knobs);
  app.post('/control/wecom/revoke-token', async () => {
    sim.tokens.revokeAll();
    return { ok: true };
  });
  app.post('/control/wecom/expire-tickets', async () => {
    sim.tokens.expireTickets();
    return { ok: true };
  });
  app.post('/control/wecom/reset-limits', async () => {
    sim.limits.reset();
    return { ok: true };
  });
  app.post('/control/wecom/verify-callback-url', async () => sim.sender.verifyUrl());
  /** Seeds many relations at once, without events and welcome codes. */
  app.post<{ Body: { contacts: AddContact[] } }>('/control/wecom/contacts', async ({ body }) => {
    let added = 0;
    for (const contact of body.contacts) {
      if ((await sim.human.addContact({ ...contact, silent: true })).added) added += 1;
    }
    return { added };
  });
  /** Any event, for cases that no human action covers. */
  app.post<{ Body: { name?: string; fields: Record<string, string | number> } }>(
    '/control/wecom/callback',
    async ({ body }) => {
      const name = body.name ?? `${body.fields.Event ?? 'event'}/${body.fields.ChangeType ?? ''}`;
      return { taken: await sim.sender.send(name, body.fields) };
    },
  );
  app.post<{ Body: Partial<WecomSim['sender']['timing']> }>('/control/wecom/callback-timing', async ({ body }) =>
    Object.assign(sim.sender.timing, body ?? {}),
  );
}

function registerHuman(app: FastifyInstance, sim: WecomSim): void {
  const { human, humanTags } = sim;
  const actions: Record<string, (body: Body) => unknown> = {
    'add-contact': (body) => human.addContact(body as unknown as AddContact),
    'confirm-contact': (body) => human.confirmContact(text(body.userid), text(body.consumer)),
    'edit-remark': (body) => human.editRemark(body as unknown as Parameters<typeof human.editRemark>[0]),
    tag: (body) => human.tag(body as unknown as Parameters<typeof human.tag>[0]),
    'delete-by-guide': (body) => human.deleteByGuide(text(body.userid), text(body.consumer)),
    'delete-by-customer': (body) => human.deleteByCustomer(text(body.userid), text(body.consumer)),
    'create-tag': async (body) =>
      groupView(await humanTags.createTag(text(body.groupName), (body.names as string[]) ?? [])),
    'rename-tag': (body) => humanTags.renameTag(text(body.id), text(body.name)),
    'delete-tag': (body) => humanTags.deleteTag(text(body.id)),
    'delete-tag-group': (body) => humanTags.deleteTagGroup(text(body.id)),
    'confirm-mass-send': (body) => human.confirmMassSend(text(body.userid), text(body.msgid) || undefined),
    resign: (body) => human.resign(text(body.userid)),
    join: (body) => human.join(body as unknown as Parameters<typeof human.join>[0]),
    'transfer-decision': (body) =>
      human.transferDecision(text(body.consumer), body.decision as 'accept' | 'refuse' | 'full'),
  };
  app.post<{ Params: { action: string }; Body: Body; Querystring: { wait?: string } }>(
    '/control/wecom/human/:action',
    async ({ params, body, query }, reply) => {
      const act = actions[params.action];
      if (!act) return reply.code(404).send({ error: `no human action ${params.action}`, known: Object.keys(actions) });
      try {
        const result = (await act(body ?? {})) ?? { ok: true };
        if (query.wait !== '0') await waitForCallbacks(sim);
        return { ok: true, result };
      } catch (error) {
        if (error instanceof WecomError) {
          return reply.code(400).send({ error: error.message, errcode: error.errcode });
        }
        throw error;
      }
    },
  );
}

async function waitForCallbacks(sim: WecomSim): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((done) => {
    timer = setTimeout(done, WAIT_MS);
  });
  await Promise.race([sim.sender.idle(), timeout]);
  clearTimeout(timer);
}

function registerViews(app: FastifyInstance, sim: WecomSim): void {
  const { book } = sim;
  app.get<{ Querystring: { userid?: string } }>('/control/wecom/contacts', async ({ query }) => ({
    contacts: Object.values(book.state.relations)
      .filter((r) => !query.userid || r.userid.toLowerCase() === query.userid.toLowerCase())
      .map((r) => ({ ...r, consumer: book.personOf(r.externalUserid)?.key })),
  }));
  app.get('/control/wecom/members', async () => ({ members: book.members() }));
  app.get('/control/wecom/tags', async () => ({
    groups: book.state.tagGroups.map((group) => ({ ...groupView(group), createdBy: group.createdBy })),
  }));
  app.get('/control/wecom/contact-ways', async () => ({
    ways: Object.values(book.state.contactWays).map((way) => ({ ...way, text: contactWayText(way.configId) })),
  }));
  app.get('/control/wecom/mass-messages', async () => ({ messages: book.state.groupMessages }));
  app.get('/control/wecom/transfers', async () => ({ transfers: book.state.transfers }));
  app.get('/control/wecom/stats', async () => ({ gettokenCalls: sim.tokens.gettokenCalls }));
}
