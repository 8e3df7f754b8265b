import { refusals } from '../../../platform/errors/app-error.js';

/** Refusals of this area; the message is replaced by one that names the figures. */
export const refuseCatalog = refusals({
  CORRIDOR: [422, '最低价、吊牌价、最高价要依次不减，且大于 0'],
  OUTSIDE_CORRIDOR: [422, '价格超出了总部允许的范围'],
  ALREADY_ASKED: [409, '同样的申请已经提交，正在等总部处理'],
  DECIDED_ALREADY: [409, '这个申请已经有结果了'],
  LISTING_DENIED: [409, '总部规定这家店不能上架这件商品'],
  MUST_LIST: [409, '这是总部要求必须上架的商品，不能下架'],
  DELIST_NEEDS_APPROVAL: [409, '下架要先向总部申请'],
  OWN_GOODS_ELSEWHERE: [409, '这是别家加盟商的自有商品'],
  PRICE_NEEDS_APPROVAL: [409, '这个价格低于吊牌价较多，请直接改价并等总部同意'],
  PLAN_TIME: [422, '开始时间要在现在之后，结束时间要在开始之后'],
  PLAN_OVERLAP: [409, '这段时间里已经有一个价格计划'],
  PLAN_OVER: [409, '这个价格计划已经结束'],
  CODE_TAKEN: [409, '商品编码或规格编码已经被使用'],
  SKU_TWICE: [422, '同一个颜色和尺码只能有一个规格'],
  SKU_COLOUR: [422, '规格里的颜色要先在颜色里添加'],
  CATEGORY_UNKNOWN: [422, '没有这个分类'],
  CATEGORY_IN_USE: [409, '分类下还有商品，先把商品移走'],
  PICTURE: [422, '图片只支持 PNG、JPEG、WebP，边长不超过 4096 像素'],
});
