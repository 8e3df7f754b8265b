import type { Api } from '@shuke/shared/api';
import type { ContactView, MorningPack, OrderSummary, PackItem, PreparedSend } from '@shuke/shared/contracts';

type Answer<K extends keyof Api['guide']> = Awaited<ReturnType<Api['guide'][K]>>;

export type { ContactView, MorningPack, OrderSummary, PackItem, PreparedSend };
export type Me = Answer<'me'>;
export type Role = Me['role'];
export type GuideCard = Me['guide'];
export type TagView = ContactView['tags'][number];
export type TagGroups = Answer<'tagLibrary'>;
export type NextAction = ContactView['nextActions'][number];
export type BrowseEvent = ContactView['trail'][number];
export type ContactRow = Answer<'contacts'>['items'][number];
export type ProductCard = Answer<'products'>['items'][number];
export type OrderDetail = Answer<'pickup'>;
export type OrderLine = OrderSummary['lines'][number];
export type Earnings = Answer<'earnings'>;
export type EarningItem = Earnings['items'][number];
export type SkipReason = NonNullable<Parameters<Api['guide']['skipItem']>[0]['body']>['reason'];
export type CodeOwner = Answer<'lookUpCode'>;
export type InStorePayment = Answer<'chargePayCode'>;
export type CouponView = Answer<'lookUpCoupon'>;
export type CouponReceipt = Answer<'redeemCoupon'>;
export type AfterSaleCase = Answer<'lookUpReturn'>;
export type PointsExchange = Answer<'exchangeByCode'>;
