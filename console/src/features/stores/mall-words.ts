import type { Closing, ClosingOrder, Entry, ListingRule, MallSettings, PriceChange, PricePlan } from './mall-api';

export const MALL_MODE: Record<MallSettings['mallMode'], string> = {
  BRAND: '全国一个商城',
  STORE: '每家店一个商城',
  BOTH: '两种并存',
};
export const ISOLATION: Record<MallSettings['isolation'], string> = {
  STRICT: '严格：只能逛自己范围内的店',
  CITY: '同城：只能逛本城市的店',
  SOFT: '不限：哪家都能逛',
};
export const CROSS_SOURCE: Record<MallSettings['crossStore']['source'], string> = {
  NONE: '不代发，缺货就是缺货',
  WAREHOUSE: '由总仓代发',
  NEAREST: '由最近有货的店代发',
};
export const BEARER: Record<MallSettings['crossStore']['costBearer'], string> = {
  SELLING: '卖出的店付',
  SHIPPING: '发货的店付',
  HQ: '总部付',
};
export const RULE: Record<Entry['rule'], string> = {
  LINK: '点了门店或导购的链接',
  GUIDE: '跟着自己的导购',
  LAST_CHOSEN: '上次选的店',
  SERVICE_AREA: '在门店的服务范围里',
  NEAREST: '离得最近',
  CITY_LIST: '按城市选的',
  BRAND_MALL: '品牌商城',
  ISOLATED: '按隔离规则',
};
export const EFFECT: Record<ListingRule['effect'], string> = { ALLOW: '可以卖', DENY: '不能卖', MUST_LIST: '必须卖' };
export const CLOSING_STATE: Record<Closing['state'], string> = {
  RUNNING: '正在关店',
  DONE: '已关完',
  CANCELLED: '已取消',
};
export const CLOSING_ORDER: Record<ClosingOrder['state'], string> = {
  ASKED: '等顾客答复',
  MOVED: '已换店自提',
  DECLINED: '顾客不换',
  EXPIRED: '没有答复',
  REFUNDING: '退款中',
  REFUNDED: '已退款',
  SHIPS_STILL: '照常发货',
  CLOSED: '没付款，已关闭',
  DONE: '已完成',
  STUCK: '需要处理',
};
export const PLAN_STATE: Record<PricePlan['state'], string> = {
  WAITING: '还没开始',
  LIVE: '生效中',
  ENDED: '已结束',
  CANCELLED: '已取消',
  REFUSED: '没有生效',
};
export const PRICE_CAUSE: Record<PriceChange['cause'], string> = {
  LIST: '标价变动',
  STORE: '门店改价',
  CLEARED: '改回跟随标价',
  CORRIDOR: '价格走廊收紧，被拉回',
  PLAN_START: '价格计划开始',
  PLAN_END: '价格计划结束',
  CREATED: '新建',
};
