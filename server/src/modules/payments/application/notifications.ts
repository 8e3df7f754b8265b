import { Inject, Injectable } from '@nestjs/common';
import type { Id } from '@shuke/shared/kernel';
import { PayGateways } from '../../../gateways/registry/pay-gateways.js';
import {
  isQuietFault,
  NOTIFICATION_STATUS,
  type Payment,
  routeNotification,
  type VerifiedNotification,
} from '../../../gateways/wechat-pay/index.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database, isDuplicate } from '../../../platform/database/database.js';
import { declareFailpoint } from '../../../platform/failpoints/failpoint.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { log } from '../../../platform/observability/log.js';
import { metrics } from '../../../platform/observability/metrics.js';
import { Wake } from '../../../platform/platform.module.js';
import { PaymentStore } from '../persistence/payment.store.js';
import { RefundStore } from '../persistence/refund.store.js';
import { ApplyPayment } from './apply-payment.js';

const afterStored = declareFailpoint('notification.after-stored');
const RETRY_MS = [1_000, 5_000, 30_000, 300_000, 1_800_000];

interface Stored {
  id: Id<'notification'>;
  account_id: string;
  notification_id: string;
  original_type: string;
  event_type: string;
  resource: string | Record<string, unknown>;
  attempts: number;
}

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
    await this.database.execute("UPDATE split SET next_at = ? WHERE transaction_id = ? AND state = 'PROCESSING'", [
      this.clock.date(),
      transactionId,
    ]);
    this.wake.sweep('settlement.splits');
  }
}

/**
 * Callbacks of WeChat Pay: verified, then applied at once when one statement can do it, otherwise stored and handled
 * afterwards, so that the answer never waits for work.
 */
@Injectable()
export class Notifications {
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
    const resource = JSON.stringify({ ...verified.resource, __summary: verified.summary });
    await this.database
      .execute(
        `INSERT INTO pay_notification (id, account_id, notification_id, original_type, event_type, resource, state, next_at, received_at)
         VALUES (?,?,?,?,?,?,'OPEN',?,?)`,
        [this.ids.next(), accountId, verified.id, verified.originalType, verified.eventType, resource, now, now],
      )
      .catch((error) => {
        if (!isDuplicate(error)) throw error;
      });
  }

  /** Handles stored callbacks; a failing one is tried again later and never blocks the others. */
  async handleDue(limit = 100): Promise<number> {
    const rows = await this.database.query<Stored>(
      "SELECT * FROM pay_notification WHERE state = 'OPEN' AND next_at <= ? ORDER BY next_at, id LIMIT ?",
      [this.clock.date(), limit],
    );
    for (const row of rows) {
      try {
        await this.handle(row);
        await this.database.execute("UPDATE pay_notification SET state = 'DONE', handled_at = ? WHERE id = ?", [
          this.clock.date(),
          row.id,
        ]);
      } catch (error) {
        const pause = RETRY_MS[Math.min(row.attempts, RETRY_MS.length - 1)] ?? 60_000;
        const isDead = row.attempts >= 20;
        await this.database.execute(
          'UPDATE pay_notification SET attempts = attempts + 1, next_at = ?, problem = ?, state = ? WHERE id = ?',
          [
            new Date(this.clock.now() + pause),
            String((error as Error).message).slice(0, 300),
            isDead ? 'DEAD' : 'OPEN',
            row.id,
          ],
        );
        log.error({ err: error, notification: row.id }, 'a callback of WeChat Pay could not be handled');
      }
    }
    return rows.length;
  }

  private async handle(row: Stored): Promise<void> {
    const { __summary, ...resource } = (
      typeof row.resource === 'string' ? JSON.parse(row.resource) : row.resource
    ) as Record<string, unknown>;
    const routed = routeNotification({
      ok: true,
      id: row.notification_id,
      createdAtMs: null,
      eventType: row.event_type,
      originalType: row.original_type,
      summary: String(__summary ?? ''),
      resource,
    } as VerifiedNotification);
    switch (routed.kind) {
      case 'PAYMENT':
        return this.targets.payment(row.account_id, routed.payment);
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
          { eventType: row.event_type, originalType: row.original_type, kind: routed.kind },
          'a callback of WeChat Pay for people to look at',
        );
      default:
        return;
    }
  }
}
