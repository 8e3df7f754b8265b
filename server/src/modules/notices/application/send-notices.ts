import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { BrandId } from '@shuke/shared/kernel';
import {
  MiniappError,
  SUBSCRIBE_SEND_PATH,
  type WechatMiniappGateway,
} from '../../../gateways/wechat-miniapp/index.js';
import { MiniappGateways } from '../../../gateways.module.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { inLanes } from '../../../platform/jobs/lanes.js';
import { registerSweep } from '../../../platform/jobs/sweep.js';
import { log } from '../../../platform/observability/log.js';
import { Organization } from '../../organization/index.js';
import { OFFER_KINDS } from '../domain/notice-kinds.js';
import { outcomeOf, type SendFailure, type SendOutcome } from '../domain/send-outcome.js';
import { type Consent, ConsentStore } from '../persistence/consent.store.js';
import { type Notice, type NoticeId, type NoticeLine, NoticeStore } from '../persistence/notice.store.js';
import type { NoticeTemplate } from '../persistence/template.store.js';
import { NoticeBook } from './notice-book.js';
import { NoticeWords } from './notice-words.js';

const EVERY_MS = 2_000;
const BATCH = 50;
const LANES = 4;
/** Longer than any call takes; a sending older than this has lost its process. */
const LEASE_MS = 2 * 60_000;
const TIDY_EVERY_MS = 5 * 60_000;
const TIDY_AFTER_MS = 30 * 86_400_000;
const TIDY_BATCH = 1_000;

type MiniappDoor = { of(appid: string): Pick<WechatMiniappGateway, 'sendSubscribe'> };

/** A message that this process alone may send, with the consent that pays for it. */
interface Claim {
  one: Notice;
  template: NoticeTemplate;
  consent: Consent;
}

/** Sends messages: takes a consent, calls the platform outside of any transaction, and books what became of it. */
@Injectable()
export class SendNotices implements OnModuleInit {
  private readonly rows = new NoticeStore();
  private readonly consents = new ConsentStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(MiniappGateways) private readonly miniapp: MiniappDoor,
    @Inject(NoticeBook) private readonly book: NoticeBook,
    @Inject(NoticeWords) private readonly words: NoticeWords,
  ) {}

  onModuleInit(): void {
    registerSweep({ name: 'notices.send', everyMs: EVERY_MS, run: () => this.run() });
    registerSweep({ name: 'notices.tidy', everyMs: TIDY_EVERY_MS, run: () => this.tidy() });
  }

  async run(): Promise<number> {
    const due = await this.rows.due(this.database, this.clock.date(), BATCH);
    await inLanes(due, LANES, ({ brand_id: brandId, id }) => this.send(brandId, id));
    return due.length;
  }

  /** Gives up sendings of dead processes, and forgets old messages that nobody wanted. */
  tidy(): Promise<number> {
    return this.unitOfWork.run('tidy notices', async (tx) => {
      const stuck = await this.rows.giveUpStuck(tx, '发送时中断了，不知道有没有送到，不再重发');
      return stuck + (await this.rows.tidy(tx, new Date(tx.now.getTime() - TIDY_AFTER_MS), TIDY_BATCH));
    });
  }

  private async send(brandId: BrandId, id: NoticeId): Promise<void> {
    const claim = await this.unitOfWork.run('claim a notice', (tx) => this.claim(tx, brandId, id));
    if (!claim) return;
    const { one, template, consent } = claim;
    const words = await this.words.of(one).catch((error: Error) => error);
    if (words instanceof Error) return this.putOff(claim, words);
    if (words === null) return this.settle(claim, null);
    const lines = template.keywords.map(({ key, label, field }) => ({ key, label, value: words.values[field] ?? '' }));
    const failure = await this.call(one, template, consent, lines, words.page);
    const newsForMs = one.goodUntil.getTime() - this.clock.now();
    await this.settle(claim, outcomeOf(failure, one.attempts, newsForMs), {
      lines: lines.map(({ label, value }) => ({ label, value })),
      page: words.page,
    });
  }

  /** The words could not be put together: nothing was sent. */
  private async putOff(claim: Claim, error: Error): Promise<void> {
    log.error({ err: error, notice: claim.one.id }, 'a notice has no words');
    const failure: SendFailure = { kind: 'OTHER', errcode: null, hint: error.message, wasSending: false };
    const newsForMs = claim.one.goodUntil.getTime() - this.clock.now();
    await this.settle(claim, outcomeOf(failure, claim.one.attempts, newsForMs));
  }

  private async claim(tx: Tx, brandId: BrandId, id: NoticeId): Promise<Claim | null> {
    const one = await this.rows.lockDue(tx, brandId, id);
    if (!one) return null;
    const template = await this.book.live(brandId, one.kind, tx);
    const end = async (state: Notice['state'], reason: string) => {
      await this.rows.set(tx, one, { state, reason, next_at: tx.now, done_at: tx.now });
      return null;
    };
    if (tx.now >= one.goodUntil) return end('DROPPED', '已经过时，不再发');
    if (!template) return end('FAILED', '这类通知的模板停用了');
    if ((await this.consents.stopped(tx, brandId, one.memberId)).has(one.kind))
      return end('STOPPED', '顾客关闭了这类通知');
    if (OFFER_KINDS.has(one.kind) && (await this.consents.refusesOffers(tx, brandId, one.memberId)))
      return end('STOPPED', '顾客关闭了活动与优惠消息');
    const consents = await this.consents.lockFor(tx, brandId, one.memberId, template.templateId);
    const consent = consents.find((held) => (held.isLasting ? held.answer === 'ACCEPT' : held.left > 0));
    if (!consent) return end('NO_CONSENT', '还没问过，或同意次数用完了');
    await this.consents.use(tx, brandId, consent.id);
    const attempts = one.attempts + 1;
    await this.rows.set(tx, one, {
      state: 'SENDING',
      attempts,
      next_at: new Date(tx.now.getTime() + LEASE_MS),
      template_id: template.templateId,
      openid: consent.openid,
    });
    return { one: { ...one, attempts }, template, consent };
  }

  private async call(
    one: Notice,
    template: NoticeTemplate,
    { openid }: Consent,
    lines: readonly { key: string; value: string }[],
    page: string,
  ): Promise<SendFailure | null> {
    const { appid } = await this.organization.brand(one.brandId);
    const values = Object.fromEntries(lines.map(({ key, value }) => [key, value]));
    try {
      await this.miniapp.of(appid).sendSubscribe({ openid, templateId: template.templateId, page, values });
      return null;
    } catch (error) {
      if (!(error instanceof MiniappError)) throw error;
      const { kind, errcode, hint, path } = error;
      return { kind, errcode, hint, wasSending: path === SUBSCRIBE_SEND_PATH };
    }
  }

  /** Books the outcome; none means that the message had become untrue and was not sent. */
  private async settle(
    { one, template, consent }: Claim,
    outcome: SendOutcome | null,
    said: { lines: NoticeLine[]; page: string } | null = null,
  ): Promise<void> {
    const { brandId } = one;
    const end: SendOutcome = outcome ?? {
      state: 'DROPPED',
      reason: '事情已经变了，不用再发',
      errcode: null,
      consent: 'BACK',
    };
    await this.unitOfWork.run('settle a notice', async (tx) => {
      if (!(await this.rows.lockSending(tx, one))) return;
      const isWaiting = end.state === 'WAITING';
      await this.rows.set(tx, one, {
        state: end.state,
        reason: end.reason.slice(0, 120),
        errcode: end.errcode,
        next_at: new Date(tx.now.getTime() + (end.retryInMs ?? 0)),
        done_at: isWaiting ? null : tx.now,
        ...(said ? { lines_sent: JSON.stringify(said.lines), page: said.page } : {}),
        ...(end.consent === 'USED' ? {} : { template_id: null, openid: null }),
      });
      if (end.consent === 'BACK') await this.consents.giveBack(tx, brandId, consent.id);
      if (end.consent === 'GONE') await this.consents.lose(tx, brandId, consent.id);
      if (end.template)
        await this.book.rows.note(tx, brandId, template.templateId, end.template.problem, end.template.pauses);
    });
    if (end.template) this.book.forget(brandId);
  }
}
