import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { text } from './json-reader.js';
import type { PayHttp } from './pay-http.js';
import { mapOk, type PayResult } from './pay-result.js';

/** The day's file, or why there is none. EMPTY means that nothing moved, which is a success. */
export type BillFile =
  | { state: 'READY'; content: string; hashOver: 'PLAIN' | 'GZIP' }
  | { state: 'EMPTY' }
  | { state: 'CREATING' }
  /** The file is not what the signed answer announced: it must not be imported. */
  | { state: 'HASH_MISMATCH' };

const GZIP_MAGIC = 0x1f8b;

/** Bills of a business day, ready after 10:00 of the next (reference: wechat-pay 5.8, 7). */
export class Bills {
  constructor(private readonly http: PayHttp) {}

  /** @param billDate "2026-11-21" */
  tradeBill(billDate: string, subMchid?: string): Promise<PayResult<BillFile>> {
    return this.fetch('/v3/bill/tradebill', { bill_date: billDate, bill_type: 'ALL', sub_mchid: subMchid });
  }

  fundFlowBill(billDate: string, accountType: 'BASIC' | 'OPERATION' | 'FEES' = 'BASIC'): Promise<PayResult<BillFile>> {
    return this.fetch('/v3/bill/fundflowbill', { bill_date: billDate, account_type: accountType });
  }

  /** Without a sub-merchant: the whole provider. The address lives 30 s, so it is fetched at once. */
  splitBill(billDate: string, subMchid?: string): Promise<PayResult<BillFile>> {
    return this.fetch('/v3/profitsharing/bills', { bill_date: billDate, sub_mchid: subMchid });
  }

  private async fetch(path: string, query: Record<string, string | undefined>): Promise<PayResult<BillFile>> {
    const filled = Object.entries({ ...query, tar_type: 'GZIP' }).filter((pair): pair is [string, string] => !!pair[1]);
    const offer = await this.http.call({ method: 'GET', path: `${path}?${new URLSearchParams(filled)}` });
    if (offer.kind === 'refused') {
      const none = (state: 'EMPTY' | 'CREATING') => ({
        kind: 'ok' as const,
        data: { state },
        requestId: offer.requestId,
      });
      if (offer.code === 'NO_STATEMENT_EXIST') return none('EMPTY');
      if (offer.code === 'STATEMENT_CREATING' || offer.message.includes('正在生成')) return none('CREATING');
      return offer;
    }
    const named = mapOk(offer, (data) => ({ url: text(data, 'download_url'), hash: text(data, 'hash_value') }));
    if (named.kind !== 'ok') return named;
    const file = await this.http.download(named.data.url);
    return mapOk(file, (bytes) => checkBill(bytes, named.data.hash));
  }
}

/** Sources disagree whether the hash covers the packed or the plain bytes; either proves the file. */
export function checkBill(bytes: Buffer, expectedSha1: string): BillFile {
  const packed = bytes.length > 2 && bytes.readUInt16BE(0) === GZIP_MAGIC;
  const plain = packed ? unpack(bytes) : bytes;
  if (!plain) return { state: 'HASH_MISMATCH' };
  const sha1 = (data: Buffer) => createHash('sha1').update(data).digest('hex');
  const expected = expectedSha1.toLowerCase();
  if (sha1(plain) === expected) return { state: 'READY', content: plain.toString('utf8'), hashOver: 'PLAIN' };
  if (packed && sha1(bytes) === expected) return { state: 'READY', content: plain.toString('utf8'), hashOver: 'GZIP' };
  return { state: 'HASH_MISMATCH' };
}

/** Null for a file that was cut off or damaged on its way. */
function unpack(bytes: Buffer): Buffer | null {
  try {
    return gunzipSync(bytes);
  } catch {
    return null;
  }
}
