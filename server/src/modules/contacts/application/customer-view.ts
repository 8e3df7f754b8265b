import type { ContactView, OrderSummary } from '@shuke/shared/contracts';
import { groupedText } from '@shuke/shared/kernel';
import { type TrailRow, trailText } from '../../analytics/index.js';
import { type BindingEvent, type BindWay, wayText } from '../../guides/index.js';
import type { LevelScheme } from '../../levels/index.js';
import { profileOf } from '../../members/index.js';
import { type OrderState, stateText } from '../../orders/index.js';
import type { MemberTag } from '../../tags/index.js';
import { agoText, dayText } from '../domain/customer-facts.js';
import { addWayText, type RelationState } from '../domain/relation.js';
import { type CorpMark, corpNoteOf, wecomMarkOf } from '../domain/tag-write.js';
import type { BoughtRow, CustomerRow } from '../persistence/customer-rows.js';

const RELATION_TEXT: Readonly<Record<RelationState, string>> = {
  FRIEND: '企业微信好友',
  HALF: '等待你通过好友申请',
  LOST: '对方已把你移出好友',
  REMOVED: '你已删除对方',
  TRANSFERRED: '已转给同事',
};

export function relationText(row: CustomerRow, nowMs: number): string {
  if (!row.relation) return '还不是你的好友';
  const { state, addedAt } = row.relation;
  const text = RELATION_TEXT[state];
  return state === 'FRIEND' ? `${text} · ${agoText(addedAt.getTime(), nowMs)}添加` : text;
}

const MY_WAY: Readonly<Partial<Record<BindWay, string>>> = {
  GUIDE_CARD: '扫了你的名片',
  WECOM_FRIEND: '加了你的企业微信',
  GUIDE_LINK: '打开了你分享的链接',
};

/** Whose customer this is and since when, said to the guide who looks. */
export function bindingText(row: CustomerRow, name: string | null, isMine: boolean, nowMs: number): string {
  if (!row.boundGuideId || !row.boundAt) return '还没有专属导购';
  const way = row.boundWay as BindWay;
  const day = dayText(row.boundAt.getTime(), nowMs);
  return isMine ? `${day}${MY_WAY[way] ?? wayText(way)}` : `${name ?? '同事'}的专属顾客，${day}${wayText(way)}`;
}

const RESULT_TEXT: Readonly<Record<string, string>> = {
  BOUND: '',
  REPLACED: '',
  KEPT: '未更换：',
  REFUSED: '未建立：',
};
export const timelineText = (event: BindingEvent): string => `${RESULT_TEXT[event.result] ?? ''}${event.reason}`;

type TagName = { groupName: string; name: string };
/** As MariaDB compares names: the same word in other letters is the same tag. */
const sameName = (one: TagName, other: TagName): boolean =>
  one.groupName.toLowerCase() === other.groupName.toLowerCase() && one.name.toLowerCase() === other.name.toLowerCase();

/** The member's tags; one that WeCom has under the same group and name says where it stands there. */
export const tagViews = (tags: readonly MemberTag[], marks: readonly CorpMark[]): ContactView['tags'] =>
  tags.map((tag) => {
    const mark = marks.find((one) => sameName(one, tag));
    const wecom = mark && wecomMarkOf(mark);
    const { id, groupName, name, source, reason } = tag;
    return { id, groupName, name, source, reason, at: tag.at.toISOString(), ...(wecom && { wecom }) };
  });

/** What is marked in WeCom and is none of the member's tags. */
export const corpTagViews = (marks: readonly CorpMark[], tags: readonly MemberTag[]): ContactView['corpTags'] =>
  marks
    .filter((mark) => mark.isMarked && !tags.some((tag) => sameName(tag, mark)))
    .map((mark) => {
      const note = corpNoteOf(mark);
      return { groupName: mark.groupName, name: mark.name, ...(note !== null && { note }) };
    });

export const trailViews = (rows: readonly TrailRow[], storeNames: ReadonlyMap<string, string>): ContactView['trail'] =>
  rows.map((row) => ({
    at: row.lastAt.toISOString(),
    type: row.type,
    productId: row.productId,
    productName: row.productName,
    imageUrl: row.imageUrl,
    text: trailText(row.type, row.productName ?? row.text, row.count),
    storeName: row.storeId ? (storeNames.get(row.storeId) ?? null) : null,
    viewCount: row.count,
  }));

/** What a guide is told about a person in label and value; assets come when there are any. */
export function factViews(
  row: CustomerRow,
  last: BoughtRow | undefined,
  storeName: string | null,
  scheme: LevelScheme,
  nowMs: number,
): ContactView['facts'] {
  const facts: ContactView['facts'] = [];
  const add = (label: string, value: string | null) => {
    if (value) facts.push({ label, value });
  };
  const profile = row.member ? profileOf(row.member, scheme) : null;
  add('会员等级', profile && `${profile.levelName} · 成长值 ${groupedText(profile.growth)}`);
  add('手机', profile?.phoneMasked ?? null);
  add(
    '加好友',
    row.relation && `${dayText(row.relation.addedAt.getTime(), nowMs)} · ${addWayText(row.relation.addWay)}`,
  );
  add('最近门店', last ? storeName : null);
  add('购买间隔', row.medianGapDays === null ? null : `通常每 ${row.medianGapDays} 天买一次`);
  return facts;
}

export function purchaseView(
  row: CustomerRow,
  last: BoughtRow | undefined,
  storeName: string | null,
  nowMs: number,
): ContactView['purchase'] {
  const lastAt = last ? (last.paidAt ?? last.createdAt) : null;
  const expected = row.expectedNextAt?.getTime() ?? null;
  return {
    orderCount: row.orderCount,
    totalFen: row.totalFen,
    lastAt: lastAt?.toISOString() ?? null,
    lastText: lastAt
      ? `${agoText(lastAt.getTime(), nowMs)}在${storeName ?? '门店'}买了「${last?.name ?? ''}」`
      : '还没有买过',
    expectedNextText:
      expected === null ? null : expected < nowMs ? `${agoText(expected, nowMs)}就该来了` : dayText(expected, nowMs),
  };
}

const orderText = (row: BoughtRow): string =>
  row.kind === 'RETURN' ? '门店退货' : row.channel === 'POS' ? '门店购买' : stateText(row.state as OrderState);

/** Groups rows of lines into orders, in their order. */
export function orderViews(rows: readonly BoughtRow[], storeNames: ReadonlyMap<string, string>): OrderSummary[] {
  const orders = new Map<string, OrderSummary>();
  for (const row of rows) {
    const order = orders.get(row.orderId) ?? {
      id: row.orderId,
      orderNo: row.orderNo,
      channel: row.channel,
      state: row.state,
      stateText: orderText(row),
      storeId: row.storeId,
      storeName: storeNames.get(row.storeId) ?? '',
      fulfil: row.fulfil,
      totalFen: row.totalFen,
      lineCount: 0,
      lines: [],
      createdAt: row.createdAt.toISOString(),
      payDeadlineAt: row.state === 'PENDING_PAY' ? (row.dueAt?.toISOString() ?? null) : null,
    };
    order.lines.push({
      id: row.lineId,
      skuId: row.skuId,
      productId: row.productId,
      name: row.name,
      spec: row.spec,
      imageUrl: row.imageUrl,
      qty: row.qty,
      unitPriceFen: row.unitPriceFen,
      payableFen: row.payableFen,
      refundedFen: row.refundedFen,
      refundedQty: row.refundedQty,
    });
    order.lineCount = order.lines.length;
    orders.set(row.orderId, order);
  }
  return [...orders.values()];
}
