import type {
  AfterSaleRow,
  CouponTemplate,
  IssuedCoupon,
  OrderRow,
  Party,
  Promotion,
  Review,
  SplitRow,
  SplitRule,
  Statement,
  StatementDetail,
  Store,
  Task,
} from './types';

/** Parties of a split: word and colour. The four colours stay apart for colour-blind eyes and in grey print. */
export const PARTY: Record<Party, { word: string; colour: string }> = {
  FRANCHISEE: { word: '加盟商', colour: '#2f6f9f' },
  BRAND: { word: '品牌', colour: '#0c4a54' },
  GUIDE: { word: '导购', colour: '#e0a33b' },
  CHANNEL: { word: '支付手续费', colour: '#a3afb3' },
};
export const PARTY_ORDER: readonly Party[] = ['FRANCHISEE', 'BRAND', 'GUIDE', 'CHANNEL'];

export const ORDER_STATE: Record<OrderRow['state'], string> = {
  PENDING_PAY: '待付款',
  TO_SHIP: '待发货',
  TO_PICKUP: '待自提',
  SHIPPED: '已发货',
  RECEIVED: '已收货',
  FINISHED: '已完成',
  CLOSED: '已关闭',
  REFUNDED: '已退款',
};
export const AFTER_SALE_STATE: Record<AfterSaleRow['state'], string> = {
  REQUESTED: '待处理',
  APPROVED: '待寄回',
  SENT_BACK: '寄回途中',
  RECEIVED: '已收到退货',
  REFUNDING: '退款中',
  RESENT: '换货途中',
  DONE: '已完成',
  REFUSED: '已拒绝',
  CANCELLED: '已撤销',
};
export const AFTER_SALE_KIND: Record<AfterSaleRow['kind'], string> = {
  REFUND_ONLY: '仅退款',
  RETURN_REFUND: '退货退款',
  EXCHANGE: '换货',
};
export const REVIEW_STATE: Record<Review['state'], string> = {
  PENDING: '审核中',
  MANUAL: '待人工看',
  SHOWN: '已展示',
  HIDDEN: '已隐藏',
  DELETED: '顾客已删除',
};
export const CHANNEL: Record<OrderRow['channel'], string> = { MINIAPP: '小程序', POS: '门店 POS' };
export const SPLIT_STATE: Record<SplitRow['state'], string> = {
  WAITING: '等待可分',
  READY: '可以分账',
  PROCESSING: '分账中',
  FINISHED: '已分完',
  ATTENTION: '需要处理',
  NOT_NEEDED: '无需分账',
};
export const RULE_STATE: Record<SplitRule['state'], string> = {
  DRAFT: '草稿',
  PUBLISHED: '生效中',
  RETIRED: '已停用',
};
export const STATEMENT_STATE: Record<Statement['state'], string> = {
  DRAFT: '生成中',
  PUBLISHED: '待确认',
  CONFIRMED: '已确认',
  DISPUTED: '有异议',
  LOCKED: '已锁定',
  PAID: '已结清',
};
export const DISPUTE_STATE: Record<StatementDetail['disputes'][number]['state'], string> = {
  OPEN: '待总部答复',
  ANSWERED: '总部已答复',
  SETTLED: '已了结',
};
export const STORE_KIND: Record<Store['kind'], string> = { SELF: '直营', FRANCHISE: '加盟', COUNTER: '专柜' };
export const STORE_STATUS: Record<Store['status'], string> = {
  DRAFT: '筹备中',
  OPEN: '营业',
  PAUSED: '暂停营业',
  CLOSED: '已关店',
};
export const COLLECT_MODE: Record<Store['collectMode'], string> = { STORE: '门店收款', BRAND: '品牌收款' };
export const TASK_STATE: Record<Task['state'], string> = { DRAFT: '草稿', PUBLISHED: '进行中', ENDED: '已结束' };

/** A fixed list of words as options of a select. */
export const optionsOf = (words: Record<string, string>): { value: string; label: string }[] =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

export const PROMOTION_STATE: Record<Promotion['state'], string> = {
  DRAFT: '草稿',
  SCHEDULED: '未开始',
  LIVE: '进行中',
  PAUSED: '已暂停',
  ENDED: '已结束',
};
export const PLAY: Record<Promotion['kind'], string> = {
  FULL_REDUCTION: '满减满赠',
  N_FOR_X: 'N 件优惠',
  LIMITED_DISCOUNT: '限时折扣',
  SECKILL: '秒杀',
  GROUP_BUY: '拼团',
  BARGAIN: '砍价',
  PRESALE: '预售',
  BUNDLE: '套装',
  ADD_ON: '换购',
  NEW_MEMBER: '新人专享',
};
export const TEMPLATE_STATUS: Record<CouponTemplate['status'], string> = {
  DRAFT: '草稿',
  ACTIVE: '发放中',
  PAUSED: '已暂停',
  ENDED: '已结束',
};
export const COUPON_KIND: Record<CouponTemplate['face']['kind'], string> = {
  AMOUNT: '满减券',
  PERCENT: '折扣券',
  GIFT: '兑换券',
  FREIGHT: '运费券',
  FIXED_PRICE: 'N 元购',
};
export const COUPON_STATE: Record<IssuedCoupon['state'], string> = {
  ISSUED: '待领取',
  AVAILABLE: '可使用',
  LOCKED: '订单占用',
  GIVING: '转赠中',
  USED: '已使用',
  EXPIRED: '已过期',
  REVOKED: '已撤回',
};
export const COUPON_PURPOSE: Record<CouponTemplate['purpose'], string> = {
  FIRST_ORDER: '拉首单',
  REPEAT: '促复购',
  WAKE_UP: '唤醒老客',
  BIRTHDAY: '生日',
  CARE: '关怀',
  CLEARANCE: '清库存',
  TRAFFIC: '引流到店',
};
export const COUPON_SOURCE: Record<string, string> = {
  TAKE: '自己领取',
  GUIDE: '导购发放',
  DROP: '群里抢到',
  AFTER_PAY: '付款后送',
  CODE: '兑换码',
  DESK: '总部发放',
  TASK: '任务',
  JOURNEY: '自动营销',
  GAME: '小游戏',
  POINTS: '积分兑换',
  BIRTHDAY: '生日礼',
};
