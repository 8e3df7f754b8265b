import type { WorldMerchant } from '../core/index.js';
import type { Fields } from './validate.js';

/** A verified call. */
export interface Call {
  merchant: WorldMerchant;
  // The body has passed the field list of its route; each handler narrows it to what it declared there.
  // biome-ignore lint/suspicious/noExplicitAny: the shape is checked at run time by the route's field list.
  body: any;
  query: Record<string, string | undefined>;
  params: Record<string, string>;
  /** The key that the caller named in `Wechatpay-Serial`. */
  serial: string | undefined;
}

/** `body` undefined with status 204 is an empty answer; a Buffer is a file and goes out unsigned. */
export interface Answer {
  status?: number;
  body?: unknown;
}

export interface Route {
  method: 'GET' | 'POST';
  url: string;
  /** Field list of the body; GET routes have none. */
  fields?: Fields;
  handle(call: Call): Answer | Promise<Answer>;
}
