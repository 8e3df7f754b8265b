import { MemberAssets, MemberMovers, rowAsset, rowMover } from '../../one-id/index.js';

/** How carts and addresses follow a member who is merged or leaves. */
export function registerCartRows(): void {
  MemberMovers.register(
    'carts.lines',
    rowMover({
      subject: 'cart',
      title: '购物车商品',
      unit: '件',
      table: 'cart_line',
      key: ['sku_id'],
      onePer: ['sku_id'],
    }),
  );
  MemberMovers.register(
    'carts.addresses',
    rowMover({ subject: 'address', title: '收货地址', unit: '个', table: 'address', key: ['id'] }),
  );
  MemberAssets.register(
    'carts.lines',
    rowAsset({
      table: 'cart_line',
      list: '购物车',
      by: 'sku_id',
      columns: { product_id: '商品编号', qty: '件数', added_price_fen: '加入时的价格（分）', updated_at: '时间' },
      onLeave: 'DELETE',
    }),
  );
  MemberAssets.register(
    'carts.addresses',
    rowAsset({
      table: 'address',
      list: '收货地址',
      by: 'id',
      columns: { name: '收货人', phone: '电话', province: '省', city: '市', district: '区', detail: '详细地址' },
      onLeave: 'DELETE',
    }),
  );
}
