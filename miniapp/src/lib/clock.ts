import { createShopClock, type Device } from '@shuke/shared/api';

/** The only place that reads the device's clock, so that tests can set it. */
let device: Device = { now: () => Date.now() };

export const clock = createShopClock({ now: () => device.now() });

/** Tests only: replaces the device's clock. */
export function setClock(next: Device): void {
  device = next;
}
