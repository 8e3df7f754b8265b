import { createShopClock } from '@shuke/shared/api';

/** The only place that reads the device's clock; screens go by the shop's time, which the server tells. */
export const clock = createShopClock({ now: () => Date.now() });
