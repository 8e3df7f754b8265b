import { Inject, Injectable } from '@nestjs/common';
import type { ConsentView, DataAccess, MyData, MyTag } from '@shuke/shared/contracts';
import { asId } from '@shuke/shared/kernel';
import type { Consumer } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { Bindings, wayText } from '../../guides/index.js';
import { MyRecord } from '../../members/index.js';
import { Organization } from '../../organization/index.js';
import { type MemberTag, Tags } from '../../tags/index.js';
import { MyDataStore } from '../persistence/my-data.store.js';
import { ChangeGuide } from './change-guide.js';

const PAGE = 20;
const LOOK_TEXT: Readonly<Record<string, string>> = {
  CUSTOMER: '看了你的会员资料、标签和最近的订单',
  MEMBER: '看了你的会员记录',
  EXPORT: '导出了包含你的名单',
  RECEIVER: '为了给你发货，看了收货人和地址',
};
const TAG_SOURCE: Readonly<Record<MemberTag['source'], string>> = {
  MANUAL: '导购记下的',
  RULE: '按规则自动打上的',
  MODEL: '根据购买记录算出来的',
  IMPORTED: '从历史资料带来的',
};
const CHANGE_TEXT = {
  ALLOWED: '选好新的导购，马上生效',
  MANAGER: '提交后由门店店长处理，一般一个工作日内',
  HQ: '提交后由总部处理，一般三个工作日内',
} as const;
/** Who may see what, by role: it is how the access rules of the product are built, not a wish. */
const VIEWERS: MyData['viewers'] = [
  { who: '你的专属导购', what: '昵称、等级、尺码、标签、最近订单和浏览', why: '为你挑款、提醒和售后' },
  { who: '同店的其他导购', what: '昵称、等级和你在本店的订单', why: '到店时接待你' },
  { who: '门店店长', what: '本店顾客的以上内容', why: '安排服务、处理你的请求' },
  { who: '加盟商', what: '自己门店的订单；看不到你在别家门店的购买', why: '发货、对账' },
  { who: '品牌总部', what: '会员记录；手机号打码显示', why: '会员服务与售后，每次查看都会记下来' },
];

/** Everything known about the consumer, in plain words. */
@Injectable()
export class MyDataPage {
  private readonly rows = new MyDataStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(MyRecord) private readonly record: MyRecord,
    @Inject(Bindings) private readonly bindings: Bindings,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Tags) private readonly tags: Tags,
    @Inject(ChangeGuide) private readonly changing: ChangeGuide,
  ) {}

  /** @throws AppError NOT_FOUND */
  async read(actor: Consumer): Promise<MyData> {
    const { brandId, memberId } = actor;
    const [record, binding, timeline, tags, request] = await Promise.all([
      this.record.of(brandId, memberId),
      this.bindings.bindingOf(this.database, brandId, memberId),
      this.bindings.timeline(this.database, brandId, memberId),
      this.myTags(actor),
      this.changing.latest(actor),
    ]);
    const guide = binding && (await this.organization.guide(brandId, binding.guideId));
    const { policy, ...mine } = record;
    return {
      ...mine,
      guide: {
        card: guide?.status === 'ACTIVE' ? this.organization.guideCard(guide) : null,
        why: binding ? `因为你${wayText(binding.way)}` : '你还没有专属导购，扫导购的名片或加企业微信就有了',
        since: binding?.boundAt.toISOString() ?? null,
        canChange: request?.state !== 'OPEN',
        changeText: CHANGE_TEXT[policy.guideChange],
        request,
        timeline: timeline.map((one) => ({ at: one.at.toISOString(), text: one.reason })),
      },
      viewers: VIEWERS,
      tags,
    };
  }

  async accesses(
    { brandId, memberId }: Consumer,
    query: { cursor?: string | undefined; limit?: number | undefined },
  ): Promise<{ items: DataAccess[]; nextCursor: string | null }> {
    const limit = query.limit ?? PAGE;
    const before = readCursor(query.cursor, [DIGITS])?.[0] ?? null;
    const rows = await this.rows.accesses(this.database, brandId, memberId, before, limit + 1);
    return pageOf(
      rows,
      limit,
      ({ at, what, ...rest }) => ({ ...rest, what: LOOK_TEXT[what] ?? what, at: at.toISOString() }),
      (row) => makeCursor(row.id),
    );
  }

  /** @throws AppError NOT_FOUND for a tag that the member does not have */
  async removeTag(actor: Consumer, tagId: string): Promise<MyTag[]> {
    const { brandId, memberId } = actor;
    const isGone = await this.unitOfWork.run('remove my tag', (tx) =>
      this.tags.takeOffByMember(tx, { brandId, memberId, tagId: asId(tagId) }),
    );
    if (!isGone) throw refuse('NOT_FOUND');
    return this.myTags(actor);
  }

  async setConsent(
    actor: Consumer,
    answer: { purpose: ConsentView['purpose']; isGiven: boolean; version: string; subBrand?: string | undefined },
  ): Promise<ConsentView[]> {
    return this.record.setConsent(actor, answer);
  }

  private async myTags({ brandId, memberId }: Consumer): Promise<MyTag[]> {
    return (await this.tags.ofMember(this.database, brandId, memberId)).map(({ id, name, reason, source, at }) => ({
      id,
      name,
      text: `${reason}，所以记作“${name}”`,
      sourceText: TAG_SOURCE[source],
      at: at.toISOString(),
    }));
  }
}
