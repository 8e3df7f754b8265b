import type { FastifyInstance } from 'fastify';
import type { MiniappKnobs } from './platform.js';
import { confirmReceipt } from './shipping.js';
import type { MiniappSim } from './simulator.js';

/** The control plane of the mini-program platform. */
export function registerMiniappControl(app: FastifyInstance, sim: MiniappSim): void {
  app.get('/control/miniapp/knobs', async () => sim.knobs);
  app.post<{ Body: Partial<MiniappKnobs> }>('/control/miniapp/knobs', async ({ body }) =>
    Object.assign(sim.knobs, body ?? {}),
  );
  app.post('/control/miniapp/revoke-token', async () => {
    sim.tokens.revokeAll();
    return { ok: true };
  });
  /** A code as the client would get it, for tests that have no phone. */
  app.post<{ Body: { kind: 'login' | 'phone'; consumer: string } }>('/control/miniapp/code', async ({ body }) => ({
    code: sim.codes.issue(body.kind, body.consumer),
  }));
  app.post<{ Body: { openid: string; templateId: string } }>('/control/miniapp/subscribe-accept', async ({ body }) => {
    sim.ledger.accept(body.openid, body.templateId);
    sim.touch();
    return { ok: true };
  });
  app.get('/control/miniapp/subscribe', async () => ({ balance: sim.ledger.balance }));
  app.get('/control/miniapp/shipping', async () => ({ orders: Object.values(sim.state.shipping) }));
  app.post<{ Body: { transactionId: string } }>('/control/miniapp/confirm-receipt', async ({ body }) => ({
    ok: confirmReceipt(sim, body.transactionId),
  }));
  app.post<{ Body: { event: string; fields: Record<string, unknown> } }>('/control/miniapp/push', async ({ body }) => ({
    taken: await sim.push(body.event, body.fields),
  }));
  app.get('/control/miniapp/stats', async () => ({ tokenCalls: sim.tokens.calls }));
}
