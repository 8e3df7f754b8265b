import { rfc3339 } from './time.js';
import type { Transfer } from './types.js';

/** The transfer as a query answers it. */
export function transferBody(transfer: Transfer): Record<string, unknown> {
  return {
    mch_id: transfer.mchid,
    out_bill_no: transfer.outBillNo,
    transfer_bill_no: transfer.transferBillNo,
    appid: transfer.appid,
    state: transfer.state,
    transfer_amount: transfer.amount,
    transfer_remark: transfer.remark,
    ...(transfer.failReason ? { fail_reason: transfer.failReason } : {}),
    openid: transfer.openid,
    create_time: rfc3339(transfer.createdAt),
    update_time: rfc3339(transfer.updatedAt),
  };
}

/** The transfer as the request for it is answered. */
export function createdBody(transfer: Transfer): Record<string, unknown> {
  return {
    out_bill_no: transfer.outBillNo,
    transfer_bill_no: transfer.transferBillNo,
    create_time: rfc3339(transfer.createdAt),
    state: transfer.state,
    ...(transfer.failReason ? { fail_reason: transfer.failReason } : {}),
    ...(transfer.state === 'WAIT_USER_CONFIRM' ? { package_info: transfer.packageInfo } : {}),
  };
}
