import { Inject, Injectable } from '@nestjs/common';
import type {
  DeskNotice,
  NoticeKeyword,
  NoticeKind,
  NoticeKindDesk,
  NoticeState,
  NoticeStateWords,
  WechatTemplate,
} from '@shuke/shared/contracts';
import { NOTICE_KINDS, NOTICE_STATES } from '@shuke/shared/contracts';
import type { BrandId } from '@shuke/shared/kernel';
import type { WechatMiniappGateway } from '../../../gateways/wechat-miniapp/index.js';
import { MiniappGateways } from '../../../gateways.module.js';
import type { Desk } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { log } from '../../../platform/observability/log.js';
import { Organization } from '../../organization/index.js';
import { NOTICE_FIELDS, type NoticeField } from '../domain/notice-fields.js';
import { mappingProblem, NOTICE_RULES, STATE_TEXT } from '../domain/notice-kinds.js';
import { NoticeStore } from '../persistence/notice.store.js';
import type { NoticeTemplate } from '../persistence/template.store.js';
import { NoticeBook } from './notice-book.js';
import { refuseNotice } from './notice-errors.js';

const LIMIT = 30;
type MiniappDoor = { of(appid: string): Pick<WechatMiniappGateway, 'subscribeTemplates'> };

/** Headquarters' side of messages: which template says what, and what became of each message. */
@Injectable()
export class NoticeDesk {
  private readonly rows = new NoticeStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(MiniappGateways) private readonly miniapp: MiniappDoor,
    @Inject(NoticeBook) private readonly book: NoticeBook,
  ) {}

  async kinds(brandId: BrandId): Promise<NoticeKindDesk[]> {
    this.book.forget(brandId);
    const templates = await this.book.of(brandId);
    return NOTICE_KINDS.map((kind) => kindView(kind, templates.get(kind)));
  }

  /** Every state a message can be in, in the words of the log. */
  states(): NoticeStateWords[] {
    return NOTICE_STATES.map((state) => ({ state, text: STATE_TEXT[state] }));
  }

  /** The brand's templates, read from WeChat now. @throws AppError NOTICE_WECHAT_AWAY */
  async wechatTemplates(brandId: BrandId): Promise<WechatTemplate[]> {
    const { appid } = await this.organization.brand(brandId);
    return this.miniapp
      .of(appid)
      .subscribeTemplates()
      .catch((error) => {
        log.warn({ err: error }, 'templates of subscribe messages could not be read');
        throw refuseNotice('NOTICE_WECHAT_AWAY');
      });
  }

  /** @throws AppError NOTICE_WECHAT_AWAY, NOTICE_TEMPLATE_UNKNOWN, NOTICE_MAPPING with what is wrong in words */
  async save(
    actor: Desk,
    kind: NoticeKind,
    wish: { templateId: string; isOn: boolean; keywords: NoticeKeyword[] },
  ): Promise<NoticeKindDesk> {
    const { brandId, name } = actor;
    const all = await this.wechatTemplates(brandId);
    const template = all.find(({ templateId }) => templateId === wish.templateId);
    if (!template) throw refuseNotice('NOTICE_TEMPLATE_UNKNOWN');
    const chosen = new Map(wish.keywords.map(({ key, field }) => [key, field]));
    const problem = mappingProblem(kind, template.keywords, chosen);
    if (problem) throw refuseNotice('NOTICE_MAPPING', undefined, problem);
    const keywords = template.keywords.map(({ key, label }) => ({
      key,
      label,
      field: chosen.get(key) as NoticeField,
    }));
    const { templateId, title, isLasting } = template;
    await this.unitOfWork.run('save a notice template', (tx) =>
      this.book.rows.save(tx, brandId, {
        kind,
        templateId,
        title,
        isLasting,
        keywords,
        isOn: wish.isOn,
        updatedBy: name,
      }),
    );
    this.book.forget(brandId);
    return kindView(kind, (await this.book.of(brandId)).get(kind));
  }

  async list(
    brandId: BrandId,
    query: { kind?: NoticeKind; state?: NoticeState; q?: string; cursor?: string; limit?: number },
  ): Promise<{ items: DeskNotice[]; nextCursor: string | null }> {
    const { cursor, limit = LIMIT, ...filter } = query;
    const before = readCursor(cursor, [DIGITS])?.[0] ?? null;
    const rows = await this.rows.ofBrand(this.database, brandId, { ...filter, before }, limit);
    return pageOf(
      rows,
      limit,
      (row) => ({
        id: row.id,
        kind: row.kind,
        title: NOTICE_RULES[row.kind].title,
        memberId: row.memberId,
        memberName: row.memberName,
        state: row.state,
        stateText: STATE_TEXT[row.state],
        reason: row.reason,
        errcode: row.errcode,
        attempts: row.attempts,
        lines: row.lines,
        page: row.page,
        at: row.createdAt.toISOString(),
        doneAt: row.doneAt?.toISOString() ?? null,
      }),
      (row) => makeCursor(row.id),
    );
  }
}

function kindView(kind: NoticeKind, template: NoticeTemplate | undefined): NoticeKindDesk {
  const { title, when, fields } = NOTICE_RULES[kind];
  return {
    kind,
    title,
    when,
    fields: fields.map((field) => ({ field, ...NOTICE_FIELDS[field], types: [...NOTICE_FIELDS[field].types] })),
    template: template
      ? {
          templateId: template.templateId,
          title: template.title,
          keywords: template.keywords,
          isOn: template.isOn,
          isLasting: template.isLasting,
          isPaused: template.isPaused,
          problem: template.problem,
          updatedAt: template.updatedAt.toISOString(),
          updatedBy: template.updatedBy,
        }
      : null,
  };
}
