import { randomUUID } from 'node:crypto';
import type { Fault } from '../core/index.js';
import type { Attempt, Delivery } from './delivery-types.js';
import { tamper } from './notify-faults.js';
import { post as send } from './post.js';
import { type Signer, sealGcm, signedHeaders } from './signing.js';
import type { PaySim } from './sim.js';
import { HOUR_MS, MINUTE_MS, rfc3339 } from './time.js';
import { xmlRefundCallback } from './xml-callback.js';

/** Waits between a failed attempt and the next (reference: section 2.4). After the last one it is given up. */
export const RETRY_WAITS_MS = [
  15_000,
  15_000,
  30_000,
  ...[3, 10, 20, 30, 30, 30, 60].map((minutes) => minutes * MINUTE_MS),
  ...[3, 3, 3, 6, 6].map((hours) => hours * HOUR_MS),
];
const ANSWER_WITHIN_MS = 5000;

export interface Notice {
  url: string;
  mchid: string;
  eventType: string;
  originalType: string;
  summary: string;
  plaintext: unknown;
  xml?: boolean;
}

const apiV3KeyOf = (sim: PaySim, mchid: string) => sim.merchantSettings(mchid).apiV3Key;

/** Queues a notification. A merchant without an APIv3 key gets none at all. */
export function notify(sim: PaySim, notice: Notice): Delivery | undefined {
  if (!apiV3KeyOf(sim, notice.mchid)) return undefined;
  const delivery: Delivery = {
    id: randomUUID(),
    ...notice,
    createdAt: sim.now(),
    attempts: [],
    failures: 0,
    state: 'pending',
  };
  sim.state.deliveries[delivery.id] = delivery;
  plan(sim, delivery, sim.settings.delays.notify);
  return delivery;
}

function plan(sim: PaySim, delivery: Delivery, waitMs: number): void {
  delivery.nextAt = sim.now() + waitMs;
  sim.jobs.after(waitMs, 'deliver', delivery.id);
}

/** Sends a delivery again at once, whatever became of it before; the usual retries follow if it fails. */
export function redeliver(sim: PaySim, delivery: Delivery): void {
  delivery.state = 'pending';
  delivery.failures = 0;
  plan(sim, delivery, 0);
}

function signerFor(sim: PaySim, delivery: Delivery): Signer {
  const mode = sim.settings.callbackSigner;
  const mixed = mode === 'mixed' && delivery.attempts.length % 2 === 1;
  return mode === 'certificate' || mixed ? sim.keys.certificateSigner() : sim.keys.publicKeySigner();
}

/** The body of one attempt: same id and content each time, freshly encrypted and signed. */
function compose(sim: PaySim, delivery: Delivery, struck: Fault[]): { body: string; headers: Record<string, string> } {
  const headers = { Accept: '*/*', 'User-Agent': 'Mozilla/4.0', 'Content-Type': 'application/json' };
  if (delivery.xml) {
    return { body: xmlRefundCallback(sim, delivery), headers: { ...headers, 'Content-Type': 'text/xml' } };
  }
  const bent = tamper.plaintext(delivery.plaintext, struck);
  const key = apiV3KeyOf(sim, delivery.mchid) ?? '';
  const sealed = sealGcm(JSON.stringify(bent), key, delivery.originalType);
  const resource = { original_type: delivery.originalType, algorithm: 'AEAD_AES_256_GCM', ...sealed };
  const event = {
    id: delivery.id,
    create_time: rfc3339(delivery.createdAt),
    resource_type: 'encrypt-resource',
    event_type: delivery.eventType,
    summary: delivery.summary,
    resource: { ...tamper.resource(resource, struck), associated_data: delivery.originalType },
  };
  const body = JSON.stringify(event);
  const signed = signedHeaders(body, sim.now(), tamper.signer(signerFor(sim, delivery), struck));
  return { body, headers: { ...headers, ...tamper.headers(signed, struck) } };
}

async function post(sim: PaySim, delivery: Delivery, struck: Fault[]): Promise<Attempt> {
  const { body, headers } = compose(sim, delivery, struck);
  const attempt: Attempt = { at: sim.now(), note: struck.map((fault) => fault.kind).join(',') || undefined };
  let response = '';
  try {
    const answer = await send(delivery.url, headers, body, ANSWER_WITHIN_MS);
    attempt.status = answer.status;
    response = answer.text;
  } catch (error) {
    attempt.error = (error as Error).name === 'TimeoutError' ? 'no answer within 5 s' : (error as Error).message;
  }
  sim.core.journal.record({
    target: 'pay',
    direction: 'out',
    method: 'POST',
    path: delivery.url,
    status: attempt.status ?? 0,
    request: body,
    response,
    note: delivery.eventType,
  });
  return attempt;
}

const answered = ({ status }: Attempt) => status === 200 || status === 204;

async function attemptDelivery(sim: PaySim, delivery: Delivery): Promise<void> {
  if (delivery.state !== 'pending') return;
  const paths = [new URL(delivery.url).pathname, delivery.eventType, delivery.originalType];
  const struck = sim.core.faults.take({ target: 'pay', side: 'callback', method: 'POST', paths }, tamper.kinds);
  const late = struck.find((fault) => fault.kind === 'delay' || fault.kind === 'reorder-callbacks');
  if (late) {
    plan(sim, delivery, late.delayMs ?? 3000);
    return;
  }
  if (struck.some((fault) => fault.kind === 'drop-callback')) {
    delivery.attempts.push({ at: sim.now(), error: 'dropped', note: 'drop-callback' });
    retry(sim, delivery);
    return;
  }
  const copies = struck.find((fault) => fault.kind === 'duplicate-callback') ? 3 : 1;
  const attempts = await Promise.all(Array.from({ length: copies }, () => post(sim, delivery, struck)));
  delivery.attempts.push(...attempts);
  if (!attempts.some(answered)) {
    retry(sim, delivery);
    return;
  }
  delivery.state = 'delivered';
  delivery.nextAt = undefined;
  sim.touch();
}

function retry(sim: PaySim, delivery: Delivery): void {
  const wait = RETRY_WAITS_MS[delivery.failures];
  delivery.failures += 1;
  if (wait !== undefined) {
    plan(sim, delivery, wait);
    return;
  }
  delivery.state = 'given-up';
  delivery.nextAt = undefined;
  sim.touch();
}

/** Tells the jobs how to deliver. */
export function installNotify(sim: PaySim): void {
  sim.jobs.on('deliver', async (id) => {
    const delivery = sim.state.deliveries[id];
    if (delivery) await attemptDelivery(sim, delivery);
  });
}
