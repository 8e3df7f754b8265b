import type { SimCore } from '../core/index.js';
import type { PushSender } from './push-sender.js';
import type { Answer, SubscribeLedger } from './subscribe.js';
import type { ClientCodes, MiniappTokens } from './tokens.js';

export interface KnownCode {
  text: string;
  page: string;
  scene: string;
  at: number;
}

export interface ShippingOrder {
  transactionId: string;
  merchantId: string;
  merchantTradeNo: string;
  openid: string;
  description: string;
  paidAmount: number;
  paidAt: number;
  /** 1 waiting to ship, 2 shipped, 3 receipt confirmed, 4 done, 5 refunded, 6 waiting for settlement. */
  state: number;
  uploads: number;
  logisticsType?: number;
  deliveryMode?: number;
  finished: boolean;
  shippingList: Record<string, unknown>[];
  receiptNotified: boolean;
}

/** What the shipping service asks and tells the payment platform. */
export interface PaymentsPort {
  find(key: { transactionId?: string; mchid?: string; outTradeNo?: string }):
    | {
        transactionId: string;
        mchid: string;
        outTradeNo: string;
        openid: string;
        description: string;
        amountFen: number;
        paidAtMs: number;
      }
    | undefined;
  onShipped(transactionId: string): void;
  onReceived(transactionId: string): void;
}

export interface MiniappState {
  shipping: Record<string, ShippingOrder>;
  codes: KnownCode[];
  links: Record<string, { path: string; query: string; at: number }>;
  subscribe: Record<string, number>;
  subscribeKept: Record<string, Answer>;
}

export interface MiniappKnobs {
  unionidBound: boolean;
  blockedConsumers: string[];
  riskRanks: Record<string, number>;
  /** Pages of the release; unchecked when null. */
  publishedPages: string[] | null;
  /** Known template ids; unchecked when null. */
  templates: string[] | null;
  mediaCheckMs: number;
  perMinute: number;
}

export interface SubscribeMessage {
  consumerKey: string;
  templateId: string;
  title?: string;
  page?: string;
  /** By label where the template is known, else by key. */
  items: { key: string; value: string }[];
}

/** What the routes of the mini-program platform work on. It knows none of them. */
export interface MiniappPlatform {
  core: SimCore;
  state: MiniappState;
  knobs: MiniappKnobs;
  tokens: MiniappTokens;
  codes: ClientCodes;
  ledger: SubscribeLedger;
  lastVisit: Map<string, number>;
  payments?: PaymentsPort;
  onSubscribeMessage?: (message: SubscribeMessage) => void;
  pushSender: PushSender;
  /** Where a phone opens a page path; URL links lead there. */
  phoneUrl?: (path: string) => string;
  /** Known once the simulator listens. */
  origin: string;
  push(event: string, fields: Record<string, unknown>): Promise<boolean>;
  rememberCode(code: KnownCode): void;
  countCall(path: string): void;
  countLogin(consumerKey: string): void;
  touch(): void;
}
