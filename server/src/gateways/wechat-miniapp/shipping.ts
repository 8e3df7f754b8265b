export type ShippingOrderKey = { transactionId: string } | { mchid: string; outTradeNo: string };

/** How the goods reach the customer; pickup is type 4. */
export type LogisticsKind = 'express' | 'sameCity' | 'virtual' | 'pickup';
const LOGISTICS: Readonly<Record<LogisticsKind, number>> = { express: 1, sameCity: 2, virtual: 3, pickup: 4 };

export interface Parcel {
  description: string;
  trackingNo?: string;
  /** Code of the carrier in WeChat's list. */
  carrier?: string;
  /** Receiver's phone with only the last four digits visible; some carriers need it. */
  maskedPhone?: string;
}

export interface ShippingInput {
  order: ShippingOrderKey;
  logistics: LogisticsKind;
  /** 1 to 15; several only for express. */
  parcels: readonly Parcel[];
  /** Instant in ms. */
  shippedAtMs: number;
  openid: string;
}

export type ShippingBody = Readonly<Record<string, unknown>>;

/**
 * The body of upload_shipping_info (reference: wecom-miniapp 7.1). The platform is strict about types: numbers for the
 * modes, an array for the parcels, milliseconds and an offset in the time.
 * @throws RangeError for a wrong number of parcels or an express parcel without number
 */
export function buildShippingInfo(input: ShippingInput): ShippingBody {
  const count = input.parcels.length;
  if (count < 1 || count > 15) throw new RangeError('1 to 15 parcels');
  if (count > 1 && input.logistics !== 'express') throw new RangeError('only express goes in several parcels');
  if (input.logistics === 'express' && input.parcels.some((parcel) => !parcel.trackingNo || !parcel.carrier))
    throw new RangeError('an express parcel needs its number and carrier');
  return {
    order_key: orderKey(input.order),
    logistics_type: LOGISTICS[input.logistics],
    delivery_mode: count > 1 ? 2 : 1,
    ...(count > 1 && { is_all_delivered: true }),
    shipping_list: input.parcels.map((parcel) => ({
      ...(parcel.trackingNo && { tracking_no: parcel.trackingNo, express_company: parcel.carrier }),
      item_desc: [...parcel.description].slice(0, 120).join(''),
      ...(parcel.maskedPhone && { contact: { receiver_contact: parcel.maskedPhone } }),
    })),
    upload_time: `${new Date(input.shippedAtMs + 8 * 3_600_000).toISOString().slice(0, 23)}+08:00`,
    payer: { openid: input.openid },
  };
}

function orderKey(order: ShippingOrderKey): object {
  return 'transactionId' in order
    ? { order_number_type: 2, transaction_id: order.transactionId }
    : { order_number_type: 1, mchid: order.mchid, out_trade_no: order.outTradeNo };
}
