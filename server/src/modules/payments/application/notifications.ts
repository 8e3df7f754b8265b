import { Inject, Injectable } from '@nestjs/common';
import { PayGateways } from '../../../gateways/registry/pay-gateways.js';
import {
  isQuietFault,
  NOTIFICATION_STATUS,
  type Payment,
  routeNotification,
  type VerifiedNotification,
} from '../../../gateways/wechat-pay/index.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { declareFailpoint } from '../../../platform/failpoints/failpoint.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { log } from '../../../platform/observability/log.js';
import { metrics } from '../../../platform/observability/metrics.js';
import { Wake } from '../../../platform/platform.module.js';
import { NotificationStore, type StoredNotification } from '../persistence/notification.store.js';
import { PaymentStore } from '../persistence/payment.store.js';
import { RefundStore } from '../persistence/refund.store.js';
import { ApplyPayment } from './apply-payment.js';
import { splitNotice } from './split-notices.js';

const afterStored = declareFailpoint('notification.after-stored');
const RETRY_MS = [1_000, 5_000, 30_000, 300_000, 1_800_000];

/** What a callback is about, and what it sets in motion. */
@Injectable()
export class NotificationTargets {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(PaymentStore) private readonly payments: PaymentStore,
    @Inject(RefundStore) private readonly refunds: RefundStore,
    @Inject(ApplyPayment) private readonly apply: ApplyPayment,
    @Inject(Wake) private readonly wake: Wake,
  ) {}

  /** A payment: applied when it is ours; a foreign or altered one is left alone and reported. */
  async payment(accountId: string, theirs: Payment): Promise<void> {
    const ours = await this.payments.byOutTradeNo(this.database, theirs.outTradeNo);
    const applied = ours && ours.accountId === accountId ? await this.apply.run(ours, theirs) : 'MISMATCH';
    if (applied === 'MISMATCH')
      log.error(
        { account: accountId, outTradeNo: theirs.outTradeNo },
        'a verified payment does not belong to any order of ours',
      );
  }

  /**
   * Applies a callback about an order's payment as it comes, if nothing speaks against it; its number is kept with the
   * payment. @returns false when the callback must be stored and looked at
   */
  async paymentAtOnce(accountId: string, verified: VerifiedNotification): Promise<boolean> {
    const routed = routeNotification(verified);
    if (routed.kind !== 'PAYMENT') return false;
    try {
      return await this.apply.atOnce(accountId, routed.payment, verified.id);
    } catch (error) {
      log.warn({ err: error, account: accountId }, 'a callback is stored because it could not be applied as it came');
      return false;
    }
  }

  /** A refund: the saga looks at once. */
  async refund(outRefundNo: string): Promise<void> {
    const refund = await this.refunds.byOutRefundNo(this.database, outRefundNo);
    if (!refund || (refund.state !== 'REQUESTED' && refund.state !== 'PROCESSING')) return;
    await this.refunds.update(this.database, refund, { next_check_at: this.clock.date() });
    this.wake.sweep('settlement.refunds');
  }

  /** A split or its return: the pipeline looks at once. */
  async split(transactionId: string): Promise<void> {
    await splitNotice.get()(transactionId);
  }
}

/**
 * Callbacks of WeChat Pay: verified, then applied at once when one statement can do it, otherwise stored and handled
 * afterwards, so that the answer never waits for work.
 */
@Injectable()
export class Notifications {
  private readonly rows = new NotificationStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(PayGateways) private readonly gateways: PayGateways,
    @Inject(Wake) private readonly wake: Wake,
    @Inject(NotificationTargets) private readonly targets: NotificationTargets,
  ) {}

  /**
   * Takes one callback. A repeat of a stored one is answered like the first (pay-01).
   * @returns the HTTP status to answer: 200 when stored, otherwise WeChat is to come again
   */
  async take(
    accountId: string,
    headers: Record<string, string | string[] | undefined>,
    rawBody: Buffer,
  ): Promise<number> {
    const desk = this.gateways.find(accountId);
    if (!desk) return 404;
    const verified = await desk.gateway.verifyNotification(headers, rawBody);
    if (!verified.ok) {
      if (isQuietFault(verified.reason)) metrics.signtest.inc();
      else
        log.warn(
          { reason: verified.reason, account: accountId, xml: verified.legacyXml },
          'a callback of WeChat Pay was refused',
        );
      metrics.refusedCallbacks.inc({ gateway: 'wechat-pay', reason: verified.reason });
      return NOTIFICATION_STATUS[verified.reason];
    }
    if (await this.targets.paymentAtOnce(accountId, verified)) {
      afterStored();
      return 200;
    }
    await this.store(accountId, verified);
    afterStored();
    this.wake.sweep('payments.notifications');
    return 200;
  }

  private async store(accountId: string, verified: VerifiedNotification): Promise<void> {
    const now = this.clock.date();
    const resource = { ...verified.resource, __summary: verified.summary };
    const { id: notificationId, originalType, eventType } = verified;
    const one = { id: this.ids.next<'notification'>(), accountId, notificationId, originalType, eventType, resource };
    await this.rows.insert(this.database, one, now);
  }

  /** Handles stored callbacks; a failing one is tried again later and never blocks the others. */
  async handleDue(limit = 100): Promise<number> {
    const rows = await this.rows.due(this.database, this.clock.date(), limit);
    for (const row of rows) {
      try {
        await this.handle(row);
        await this.rows.setDone(this.database, row.id, this.clock.date());
      } catch (error) {
        const pause = RETRY_MS[Math.min(row.attempts, RETRY_MS.length - 1)] ?? 60_000;
        const isDead = row.attempts >= 20;
        const at = new Date(this.clock.now() + pause);
        await this.rows.putOff(this.database, row.id, { at, problem: String((error as Error).message), isDead });
        log.error({ err: error, notification: row.id }, 'a callback of WeChat Pay could not be handled');
      }
    }
    return rows.length;
  }

  private async handle(row: StoredNotification): Promise<void> {
    const { __summary, ...resource } = row.resource;
    const routed = routeNotification({
      ok: true,
      id: row.notificationId,
      createdAtMs: null,
      eventType: row.eventType,
      originalType: row.originalType,
      summary: String(__summary ?? ''),
      resource,
    } as VerifiedNotification);
    switch (routed.kind) {
      case 'PAYMENT':
        return this.targets.payment(row.accountId, routed.payment);
      case 'REFUND':
        return this.targets.refund(routed.refund.outRefundNo);
      case 'SPLIT':
      case 'SPLIT_RETURN':
        // Only a reason to ask: the split sweep queries the truth (reference/wechat-pay.md §5.7).
        return this.targets.split(routed.notice.transactionId);
      case 'UNKNOWN':
      case 'UNREADABLE':
      case 'ADVISORY':
        return void log.warn(
          { eventType: row.eventType, originalType: row.originalType, kind: routed.kind },
          'a callback of WeChat Pay for people to look at',
        );
      default:
        return;
    }
  }
}
