import { Inject, Injectable } from '@nestjs/common';
import type {
  MyNotice,
  MyNoticeKind,
  NoticeAnswers,
  NoticeAsk,
  NoticeKind,
  NoticeMoment,
} from '@shuke/shared/contracts';
import { NOTICE_KINDS } from '@shuke/shared/contracts';
import { type Actor, actorLabel, type Consumer } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { AlreadyDone, earlierResult, keepResult, requestKey } from '../../../platform/idempotency/idempotency.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { ASKED_AT, ASKS_MAX, LATE_CONSENT_MS, NOTICE_RULES, STATE_TEXT } from '../domain/notice-kinds.js';
import { ConsentStore } from '../persistence/consent.store.js';
import { NoticeStore } from '../persistence/notice.store.js';
import { NoticeBook } from './notice-book.js';

const LIMIT = 20;

/** As many as a member can have missed in that time. */
const WOKEN_MAX = 100;

/** The member's side of messages: what may be asked, what was answered, what came, and a switch for each kind. */
@Injectable()
export class MyNotices {
  private readonly rows = new NoticeStore();
  private readonly consents = new ConsentStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(NoticeBook) private readonly book: NoticeBook,
  ) {}

  /** At most three messages to ask for now: not those that were stopped, refused for good, or need no asking. */
  async asks(actor: Actor, moment: NoticeMoment): Promise<NoticeAsk[]> {
    const templates = await this.book.of(actor.brandId);
    const wanted = ASKED_AT[moment].flatMap((kind) => {
      const found = templates.get(kind);
      return found?.isOn && !found.isPaused ? [found] : [];
    });
    const closed = actor.kind === 'consumer' && wanted.length > 0 ? await this.closed(actor) : () => false;
    const seen = new Set<string>();
    return wanted
      .filter(({ kind, templateId, isLasting }) => {
        if (closed(kind, templateId, isLasting) || seen.has(templateId)) return false;
        seen.add(templateId);
        return true;
      })
      .slice(0, ASKS_MAX)
      .map(({ kind, templateId }) => ({ kind, templateId, title: NOTICE_RULES[kind].title }));
  }

  private async closed({ brandId, memberId, openid }: Consumer) {
    const stopped = await this.consents.stopped(this.database, brandId, memberId);
    const mine = await this.consents.ofMember(this.database, brandId, memberId);
    return (kind: NoticeKind, templateId: string, isLasting: boolean): boolean => {
      const held = mine.find((one) => one.templateId === templateId && one.openid === openid);
      if (stopped.has(kind)) return true;
      if (!held) return false;
      return held.answer === 'ACCEPT' ? isLasting : held.isAlways || held.answer === 'BAN';
    };
  }

  /**
   * Stores what was answered; a repeat with the same key counts once. Messages of the last minutes that found no consent are
   * sent now.
   */
  async answer(actor: Consumer, answers: NoticeAnswers, key: string): Promise<void> {
    const { brandId, memberId, openid } = actor;
    const request = requestKey(brandId, `notice-answers:${actorLabel(actor)}`, key, answers);
    if (await earlierResult(this.database, request)) return;
    const templates = [...(await this.book.of(brandId)).values()];
    // A template that is not ours says nothing.
    const ours = answers.flatMap((one) => {
      const template = templates.find(({ templateId }) => templateId === one.templateId);
      return template ? [{ ...one, isLasting: template.isLasting }] : [];
    });
    const accepted = new Set(ours.filter(({ answer }) => answer === 'ACCEPT').map(({ templateId }) => templateId));
    const agreed = templates.filter(({ templateId }) => accepted.has(templateId));
    await this.unitOfWork
      .run('answer notices', async (tx) => {
        await keepResult(tx, request, memberId);
        // Messages before consents, in the order in which the sender locks them.
        const since = new Date(tx.now.getTime() - LATE_CONSENT_MS);
        for (const { kind, isLasting } of agreed)
          await this.rows.wake(tx, { brandId, memberId, kind }, since, isLasting ? WOKEN_MAX : 1);
        for (const one of ours)
          await this.consents.answer(tx, { brandId, memberId, openid, id: this.ids.next<'notice-consent'>(), ...one });
      })
      .catch((error) => {
        if (!(error instanceof AlreadyDone)) throw error;
      });
  }

  /** Kinds that this brand sends at all. */
  async kinds({ brandId, memberId }: Consumer): Promise<MyNoticeKind[]> {
    const templates = await this.book.of(brandId);
    const stopped = await this.consents.stopped(this.database, brandId, memberId);
    const mine = await this.consents.ofMember(this.database, brandId, memberId);
    return NOTICE_KINDS.flatMap((kind) => {
      const template = templates.get(kind);
      if (!template?.isOn || template.isPaused) return [];
      const held = mine.filter(({ templateId }) => templateId === template.templateId);
      const { title, when } = NOTICE_RULES[kind];
      return [
        {
          kind,
          title,
          when,
          templateId: template.templateId,
          isLasting: template.isLasting,
          left: held.reduce((sum, one) => sum + Math.max(0, one.left), 0),
          isRefused: held.some(({ answer, isAlways }) => answer === 'BAN' || (answer === 'REJECT' && isAlways)),
          isStopped: stopped.has(kind),
        },
      ];
    });
  }

  async stop(actor: Consumer, kind: NoticeKind, isStopped: boolean): Promise<MyNoticeKind[]> {
    await this.unitOfWork.run('stop notices', (tx) =>
      this.consents.stop(tx, actor.brandId, actor.memberId, kind, isStopped),
    );
    return this.kinds(actor);
  }

  async list(
    { brandId, memberId }: Consumer,
    query: { cursor?: string; limit?: number },
  ): Promise<{ items: MyNotice[]; nextCursor: string | null }> {
    const limit = query.limit ?? LIMIT;
    const before = readCursor(query.cursor, [DIGITS])?.[0] ?? null;
    const rows = await this.rows.ofMember(this.database, brandId, memberId, before, limit);
    return pageOf(
      rows,
      limit,
      (row) => ({
        id: row.id,
        kind: row.kind,
        title: NOTICE_RULES[row.kind].title,
        state: row.state,
        stateText: STATE_TEXT[row.state],
        lines: row.lines,
        page: row.page,
        at: (row.doneAt ?? row.createdAt).toISOString(),
      }),
      (row) => makeCursor(row.id),
    );
  }
}
