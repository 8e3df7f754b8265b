import type { Transport } from './transport.js';

/** What reads the device's clock. */
export interface Device {
  now(): number;
}

/** The time of the shop as far as a device can know it. */
export interface ShopClock {
  /** The shop's time: what deadlines are judged by. A device may be wrong, and a demonstration moves its time. */
  now(): number;
  /** The device's own time, for how long something took or was kept: it does not jump when the server's is learned. */
  elapsed(): number;
  /**
   * Learns the server's time from the `Date` header of an answer. The header names the second in which the answer was
   * made, some time between asking and receiving; each answer narrows the difference, and one that contradicts what was
   * known means that a clock has been moved.
   */
  hear(date: string | undefined, askedAt: number, answeredAt: number): void;
}

/** A clock that goes by the device until the server has said what time it is. */
export function createShopClock(device: Device): ShopClock {
  /** Between which two values the server's clock is ahead of the device's; unknown until the first answer. */
  let ahead: { least: number; most: number } | null = null;

  /** A device that agrees with the server as far as the answers can tell is believed; another one is put right. */
  const offsetMs = (): number => {
    if (ahead === null || (ahead.least <= 0 && ahead.most >= 0)) return 0;
    return Math.floor((ahead.least + ahead.most) / 2);
  };

  return {
    now: () => device.now() + offsetMs(),
    elapsed: () => device.now(),
    hear(date, askedAt, answeredAt) {
      const told = Date.parse(date ?? '');
      if (Number.isNaN(told)) return;
      const heard = { least: told - answeredAt, most: told + 999 - askedAt };
      const both = ahead && { least: Math.max(ahead.least, heard.least), most: Math.min(ahead.most, heard.most) };
      ahead = both && both.least <= both.most ? both : heard;
    },
  };
}

/** A transport whose every answer tells the clock what time it is in the shop. */
export function timed(transport: Transport, clock: ShopClock): Transport {
  return async (request) => {
    const askedAt = clock.elapsed();
    const answer = await transport(request);
    clock.hear(answer.headers['date'], askedAt, clock.elapsed());
    return answer;
  };
}
