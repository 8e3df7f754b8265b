import { refusals } from '../../../platform/errors/app-error.js';

/** Refusals of this area. */
export const refuseCart = refusals({
  CART_FULL: [409, '购物车已经放满了，先清理几件吧'],
  CANNOT_ADD: [409, '这件商品暂时不能加入购物车'],
  ADDRESSES_FULL: [409, '最多保存 30 个收货地址，先删掉不用的吧'],
});
