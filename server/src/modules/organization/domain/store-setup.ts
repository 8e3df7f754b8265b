import { type Fen, fen, ZERO_FEN } from '@shuke/shared/kernel';
import type { Polygon } from './geo.js';

export interface DeliverySlotRule {
  /** 1 is Monday. */
  weekdays: readonly number[];
  from: string;
  to: string;
  capacity: number;
}
/** Pickup and local delivery as a store offers them; times are Asia/Shanghai, `HH:mm`. */
export interface StoreServiceRules {
  pickup: { from: string; to: string; holdDays: number; readyMinutes: number };
  delivery: {
    isOn: boolean;
    radiusM: number;
    minFen: Fen;
    freeFromFen: Fen | null;
    leadMinutes: number;
    /** By growing distance; the last one reaches as far as the radius. */
    tiers: readonly { upToM: number; feeFen: Fen }[];
    slots: readonly DeliverySlotRule[];
  };
}
export interface StoreSetup {
  areaKind: 'RADIUS' | 'POLYGON';
  polygon: Polygon | null;
  /** Higher wins where areas overlap and stores are equally far. */
  priority: number;
  service: StoreServiceRules;
}

/** A store that has set nothing: a circle, pickup during opening hours, no local delivery. */
export const defaultSetup = (store: { openAt: string; closeAt: string; deliveryFeeFen: Fen }): StoreSetup => ({
  areaKind: 'RADIUS',
  polygon: null,
  priority: 0,
  service: {
    pickup: { from: store.openAt, to: store.closeAt, holdDays: 7, readyMinutes: 60 },
    delivery: {
      isOn: false,
      radiusM: 3000,
      minFen: ZERO_FEN,
      freeFromFen: null,
      leadMinutes: 60,
      tiers: [{ upToM: 3000, feeFen: fen(store.deliveryFeeFen) }],
      slots: [],
    },
  },
});

const minutes = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));

/** What is wrong with a store's service, in Chinese, or null. */
export function serviceProblem({ pickup, delivery }: StoreServiceRules): string | null {
  if (minutes(pickup.from) >= minutes(pickup.to)) return '自提的开始时间要早于结束时间';
  const far = delivery.tiers.map((tier) => tier.upToM);
  if (far.some((upTo, at) => at > 0 && upTo <= (far[at - 1] ?? 0))) return '配送费要按距离从近到远填写';
  if (delivery.isOn && (far.at(-1) ?? 0) < delivery.radiusM) return '配送费没有覆盖到整个配送范围';
  if (delivery.slots.some((slot) => minutes(slot.from) >= minutes(slot.to))) return '配送时段的开始要早于结束';
  if (delivery.isOn && delivery.slots.length === 0) return '开通本地配送要至少设一个配送时段';
  return null;
}
