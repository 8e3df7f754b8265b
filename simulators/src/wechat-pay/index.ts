import type { SimCore } from '../core/index.js';
import { markSettled, type PayOutcome, type PayRequest, payOrder } from './payment.js';
import { buildPayServer } from './server.js';
import { PaySim } from './sim.js';
import { confirmTransfer } from './transfers.js';

/** A running WeChat Pay, with what other simulators and tests may do to it in process. */
export interface RunningPay {
  sim: PaySim;
  url: string;
  /** The consumer pays. */
  pay(request: PayRequest): PayOutcome;
  /** Shipping or receipt was marked for this transaction; returns false when it does not exist. */
  markSettled(transactionId: string): boolean;
  /** The person confirms a merchant transfer. */
  confirmTransfer(request: {
    packageInfo?: string;
    outBillNo?: string;
    openid?: string;
  }): ReturnType<typeof confirmTransfer>;
  stop(): Promise<void>;
}

/** Starts the simulator on a loopback port (0 for any free one). */
export async function startPay(core: SimCore, port: number): Promise<RunningPay> {
  const sim = new PaySim(core);
  const app = buildPayServer(sim);
  const url = await app.listen({ host: '127.0.0.1', port });
  sim.origin = url;
  sim.jobs.resume();
  return {
    sim,
    url,
    pay: (request) => payOrder(sim, request),
    markSettled: (transactionId) => {
      const order = sim.orderByTransaction(transactionId);
      if (order) markSettled(sim, order);
      return order !== undefined;
    },
    confirmTransfer: (request) => confirmTransfer(sim, request),
    stop: () => app.close(),
  };
}

export { registerPayControl, verifyPaySign } from './control.js';
export { PaySim } from './sim.js';
