import type { Store } from '../../lib/types';

export interface StoreForm {
  name: string;
  phone: string;
  status: Store['status'];
  open: string;
  close: string;
  collectMode: Store['collectMode'];
  subMchid: string;
  deliveryFeeFen: number | null;
  serviceRadiusM: number;
  canShip: boolean;
  canPickup: boolean;
  imageUrl: string;
}

export const formOf = (store: Store): StoreForm => ({
  name: store.name,
  phone: store.phone,
  status: store.status,
  open: store.hours.open,
  close: store.hours.close,
  collectMode: store.collectMode,
  subMchid: store.subMchid ?? '',
  deliveryFeeFen: store.deliveryFeeFen,
  serviceRadiusM: store.serviceRadiusM,
  canShip: store.canShip,
  canPickup: store.canPickup,
  imageUrl: store.imageUrl ?? '',
});

/** Only what changed, with the version that was read: two people editing at once do not overwrite each other. */
export function updateOf(store: Store, form: StoreForm) {
  const before = formOf(store);
  const changed = (key: keyof StoreForm) => form[key] !== before[key];
  return {
    version: store.version,
    ...(changed('name') ? { name: form.name.trim() } : {}),
    ...(changed('phone') ? { phone: form.phone.trim() } : {}),
    ...(changed('status') ? { status: form.status } : {}),
    ...(changed('open') || changed('close') ? { hours: { open: form.open, close: form.close } } : {}),
    ...(changed('collectMode') ? { collectMode: form.collectMode } : {}),
    ...(changed('subMchid') ? { subMchid: form.subMchid.trim() || null } : {}),
    ...(changed('deliveryFeeFen') && form.deliveryFeeFen !== null ? { deliveryFeeFen: form.deliveryFeeFen } : {}),
    ...(changed('serviceRadiusM') ? { serviceRadiusM: form.serviceRadiusM } : {}),
    ...(changed('canShip') ? { canShip: form.canShip } : {}),
    ...(changed('canPickup') ? { canPickup: form.canPickup } : {}),
    ...(changed('imageUrl') ? { imageUrl: form.imageUrl } : {}),
  };
}

/** Changes whose consequence deserves a question first. */
export function consequenceOf(store: Store, form: StoreForm): string | null {
  const notes: string[] = [];
  if (form.collectMode !== store.collectMode)
    notes.push(
      form.collectMode === 'STORE'
        ? '新订单的钱将直接进入门店的特约商户号，品牌和导购的部分通过分账转出。'
        : '新订单的钱将由品牌收取，门店应得的部分按对账单结算。',
    );
  else if (form.collectMode === 'STORE' && form.subMchid.trim() !== (store.subMchid ?? ''))
    notes.push('新订单的钱将进入新的特约商户号，已付款的订单不变。');
  if (form.status !== store.status && form.status !== 'OPEN')
    notes.push('顾客将不能再在这家店下单，已有订单照常履约。');
  return notes.length > 0 ? notes.join('\n') : null;
}
