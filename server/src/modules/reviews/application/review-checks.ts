import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { MiniappError, type WechatMiniappGateway } from '../../../gateways/wechat-miniapp/index.js';
import { MiniappGateways } from '../../../gateways.module.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { eachDue } from '../../../platform/jobs/each-due.js';
import { Setbacks } from '../../../platform/jobs/setbacks.js';
import { registerSweep } from '../../../platform/jobs/sweep.js';
import type { DomainEvent } from '../../../platform/outbox/event.js';
import { registerHandler } from '../../../platform/outbox/registry.js';
import { Organization } from '../../organization/index.js';
import type { CheckState } from '../domain/review-rules.js';
import type { Review } from '../persistence/review-row.js';
import { SettleReview } from './settle-review.js';

const RETRY_MS = 30_000;
const BATCH = 50;
const PASSING = ['RETRY', 'RATE', 'NETWORK', 'TOKEN', 'OTHER'];

type MiniappDoor = { of(appid: string): Pick<WechatMiniappGateway, 'checkText'> };

/** Has the platform read what consumers write; nothing is shown before it has. */
@Injectable()
export class ReviewChecks implements OnModuleInit {
  private readonly setbacks = new Setbacks();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(MiniappGateways) private readonly miniapp: MiniappDoor,
    @Inject(SettleReview) private readonly settle: SettleReview,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    registerSweep({ name: 'reviews.checks', everyMs: 3000, run: () => this.run() });
    registerHandler({
      name: 'reviews.on-picture-checked',
      type: 'picture.checked',
      handle: (tx, event) => this.onPicture(tx, event),
    });
  }

  run(): Promise<number> {
    return eachDue(this.setbacks, this.clock.date(), {
      label: 'check a review',
      batch: BATCH,
      due: (limit) => this.settle.rows.dueChecks(this.database, this.clock.date(), limit),
      nameOf: ({ id }) => id,
      work: (one) => this.checkDue(one),
    });
  }

  private async checkDue(one: Review): Promise<true> {
    if (one.state === 'PENDING' && one.textCheck === 'WAITING')
      await this.check(one, one.text, 'text_check', 'next_at');
    if (one.followState === 'PENDING' && one.followCheck === 'WAITING')
      await this.check(one, one.followText ?? '', 'follow_check', 'follow_next_at');
    return true;
  }

  private async check(one: Review, text: string, column: string, nextColumn: string): Promise<void> {
    const result = await this.ask(one, text);
    const next = new Date(this.clock.now() + RETRY_MS);
    if (result.check === null && (one.checkUntil === null || next < one.checkUntil)) {
      await this.settle.rows.set(this.database, one, { [nextColumn]: next });
      return;
    }
    const set = { [column]: result.check ?? 'MANUAL', [nextColumn]: null, check_note: result.note };
    await this.unitOfWork.run('review checked', async (tx) => {
      await this.settle.rows.set(tx, one, set);
      const locked = await this.settle.rows.lock(tx, one.brandId, one.id);
      if (locked) await this.settle.run(tx, locked);
    });
  }

  /** The platform's word; null when it may still come. */
  private async ask(one: Review, text: string): Promise<{ check: CheckState | null; note: string }> {
    try {
      const { appid } = await this.organization.brand(one.brandId);
      const said = await this.miniapp.of(appid).checkText({ openid: one.openid, scene: 'comment', content: text });
      if (said.suggest === 'pass') return { check: 'PASSED', note: '文字检查通过' };
      if (said.suggest === 'risky') return { check: 'REFUSED', note: `文字检查不通过（${said.label}）` };
      return { check: 'MANUAL', note: `文字需要人工看一下（${said.label}）` };
    } catch (error) {
      if (!(error instanceof MiniappError) || PASSING.includes(error.kind))
        return { check: null, note: '文字检查没有答复' };
      return { check: 'MANUAL', note: '平台没有检查文字，需要人工看一下' };
    }
  }

  private async onPicture(tx: Tx, event: DomainEvent): Promise<void> {
    const { memberId } = event.payload as { memberId: Review['memberId'] };
    for (const id of await this.settle.rows.waitingOf(tx, event.brandId, memberId)) {
      const one = await this.settle.rows.lock(tx, event.brandId, id);
      if (one) await this.settle.run(tx, one);
    }
  }
}
