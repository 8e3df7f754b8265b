import { MemberMovers, rowMover } from '../../one-id/index.js';

/** Questions about orders of a store that closes follow the orders' member, so that whoever has them can answer. */
export function registerClosingRows(): void {
  MemberMovers.register(
    'closings.orders',
    rowMover({
      subject: 'closing_order',
      title: '闭店订单',
      unit: '笔',
      table: 'closing_order',
      isShown: false,
      key: ['id'],
    }),
  );
}
