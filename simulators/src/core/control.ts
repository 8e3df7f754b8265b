import type { FastifyInstance } from 'fastify';
import type { SimCore } from './core.js';
import type { Fault } from './faults.js';
import { Followers } from './followers.js';

interface ClockCommand {
  advanceMs?: number;
  setMs?: number;
  freeze?: boolean;
}

/** Adds the shared part of the control plane: clock, faults, journal, health, and the cast of the world. */
export function registerControl(app: FastifyInstance, core: SimCore): void {
  const { clock, faults, journal, world } = core;
  const followers = new Followers();
  clock.onChange(() => followers.forgetAsks());
  const clockView = () => ({ nowMs: clock.now(), frozen: clock.isFrozen(), behind: followers.behind() });

  app.get('/control/health', async () => ({ ok: true, ...clockView() }));
  app.get('/control/clock', async ({ headers }) => {
    const follower = headers['x-follower'];
    if (typeof follower === 'string') followers.note(follower);
    return clockView();
  });
  app.post<{ Body: ClockCommand }>('/control/clock', async ({ body }) => {
    if (body.freeze === true) clock.freeze();
    if (typeof body.setMs === 'number') await clock.set(body.setMs);
    if (typeof body.advanceMs === 'number') await clock.advance(body.advanceMs);
    if (body.freeze === false) clock.unfreeze();
    return clockView();
  });

  app.get('/control/faults', async () => ({ faults: faults.all() }));
  app.post<{ Body: Omit<Fault, 'id'> & { id?: string } }>('/control/faults', async ({ body }, reply) => {
    try {
      return { fault: faults.add(body) };
    } catch (error) {
      return reply.code(400).send({ error: (error as Error).message });
    }
  });
  app.delete<{ Querystring: { id?: string } }>('/control/faults', async ({ query }) => {
    if (query.id) return { removed: faults.remove(query.id) };
    faults.clear();
    return { removed: true };
  });

  app.get<{ Querystring: { target?: string; path?: string; direction?: string } }>(
    '/control/journal',
    async ({ query }) => ({ entries: journal.find(query) }),
  );
  app.get('/control/world', async () => ({
    corp: { corpId: world.corp.corpId, agentId: world.corp.agentId, name: world.corp.name },
    miniapp: { appid: world.miniapp.appid, name: world.miniapp.name, h5Url: world.miniapp.h5Url },
    members: world.members,
    consumers: world.consumers,
    merchants: world.merchants.map(({ mchid, name, kind, spMchid }) => ({ mchid, name, kind, spMchid })),
  }));
}
