import type { OrderDetail } from '@shuke/shared/contracts';
import { dayName } from '@/lib/format';

/** One step after paying. */
export interface Ahead {
  text: string;
  note: string;
  isDone: boolean;
}

type Delivered = Pick<OrderDetail, 'state' | 'storeName'> & Partial<Pick<OrderDetail, 'delivery' | 'shipping'>>;

/** From when a booked delivery is brought: "今天 19:00". */
export const slotText = ({ day, from }: { day: string; from: string }, nowMs: number): string =>
  `${dayName(day, nowMs)} ${from}`;

/** What happens next with a local delivery; null where it is like any other order. */
export function deliveryStep({ state, storeName, delivery, shipping }: Delivered, nowMs: number): string | null {
  if (state === 'TO_SHIP')
    return delivery
      ? `${storeName}正在备货，${slotText(delivery, nowMs)} 起给你送去`
      : `${storeName}正在备货，按你选的时段送去`;
  if (state === 'SHIPPED') return `${shipping?.company ?? '店员'}正在送来，收到后请确认收货`;
  return null;
}

/** The steps after paying. */
export function deliverySteps({ state, storeName }: Pick<OrderDetail, 'state' | 'storeName'>): Ahead[] {
  const isOver = state === 'RECEIVED' || state === 'FINISHED';
  return [
    { text: `${storeName}备货`, note: '按你选的时段出发', isDone: state === 'SHIPPED' || isOver },
    { text: '正在送来', note: '谁来送会写在订单里', isDone: isOver },
    { text: '送到', note: '不合适可以申请退换', isDone: isOver },
  ];
}
