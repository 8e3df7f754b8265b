import { type Fen, subFen } from '@shuke/shared/kernel';
import { field, fromText, notYet, offer, type Play, PROMOTION_STATES, plain, rowOf, rows, twice } from '../play.js';

interface NewMemberTerms {
  items: { skuId: string; priceFen: Fen }[];
  pickupOnly: boolean;
}

/** 新人专享: one piece of one item, once per person; who is a person is One ID's answer, not a phone's. */
export const newMember: Play<NewMemberTerms> = {
  kind: 'NEW_MEMBER',
  label: '新人专享',
  summary: '新会员一元起带走一件',
  rank: 5,
  stage: 'UNIT',
  isOncePerPerson: true,
  hasScope: false,
  fields: [
    rows('items', '新人商品', [field('skuId', '商品规格', 'SKU'), field('priceFen', '新人价', 'FEN', { min: 1 })], {
      max: 20,
    }),
    plain('pickupOnly', '只能到店自提', 'BOOL'),
  ],
  states: PROMOTION_STATES,
  notes: [
    '是不是新人按同一个人算：换手机号、换微信再来，认出是同一个人就不再享受。',
    '一个人一辈子一件，同时有几个新人活动也只能选一个；没付款就取消的，可以重新选。',
  ],
  problems: (terms) => twice(terms.items),
  text: (terms) => `新人 ${fromText(terms.items.map((row) => row.priceFen))}`,
  rules: (terms) => ['每人限一件，新会员专享', ...(terms.pickupOnly ? ['到店自提'] : [])],
  skuIds: (terms) => terms.items.map((row) => row.skuId),
  skuPriceFen: (terms, skuId) => rowOf(terms.items, skuId)?.priceFen ?? null,
  sliceQty: () => null,
  price(terms, { lines, buyer }) {
    if (!buyer.isNewMember) return notYet('新会员才能享受，你已经是熟客啦');
    if (terms.pickupOnly && !buyer.isPickup) return notYet('选择到店自提才有新人价');
    const cuts = lines
      .flatMap((line) => {
        const row = rowOf(terms.items, line.skuId);
        if (!row || row.priceFen >= line.unitPriceFen) return [];
        return [{ at: line.at, qty: 1, fen: subFen(line.unitPriceFen, row.priceFen) }];
      })
      .sort((a, b) => b.fen - a.fen || a.at - b.at)
      .slice(0, 1);
    return offer('新人价', { cuts });
  },
};
