import { Injectable } from '@nestjs/common';
import type { PayParams } from '@shuke/shared/contracts';
import type { Consumer } from '../../../platform/access/actor.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Order } from '../domain/order.js';

/** What orders need of payments, which in turn knows orders; plugged in when payments starts. */
export interface OrderPaymentPort {
  /**
   * Plans how an order will be paid, before it is written: merchant, number and the exact request, which never change
   * afterwards. @returns null when the store cannot collect now; paying then says so
   */
  plan(order: Order, openid: string): Promise<string | null>;
  /** Records that nothing was left to pay in cash, in the transaction that makes the order paid. */
  recordFree(tx: Tx, order: Order, openid: string): Promise<void>;
  /** Begins to pay an order that was written. @returns null when it cannot be paid now; tapping "pay" says why */
  begin(payer: Consumer, order: Order): Promise<PayParams | null>;
}

/** Holds the port; without payments nothing can be planned. */
@Injectable()
export class OrderPayment {
  private port: OrderPaymentPort | null = null;

  plug(port: OrderPaymentPort): void {
    this.port = port;
  }

  get(): OrderPaymentPort {
    if (!this.port) throw new Error('payments were not started');
    return this.port;
  }
}
