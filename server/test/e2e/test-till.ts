import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { canonicalJson } from '@shuke/shared/kernel';
import { createConnector } from '../../src/modules/identity/index.js';
import type { E2e } from '../harness/e2e.js';

export interface TillRow {
  sequence: number;
  kind: 'SALE' | 'RETURN' | 'VOID';
  externalNo: string;
  ofExternalNo?: string;
  happenedAt: string;
  phone?: string;
  cardNo?: string;
  memberId?: string;
  guideUserid?: string;
  coupon?: { token: string; discountFen: number };
  paidBy?: number[];
  lines: { skuCode: string; name: string; qty: number; unitPriceFen: number }[];
}
type Answer = Record<string, unknown> & {
  results: { sequence: number; result: string; text: string; orderId: string | null }[];
  missing: number[];
};

/** A point-of-sale system with its key, and the tills that it registers. */
export class TestPos {
  constructor(
    private readonly e2e: E2e,
    private readonly apiKey: string,
  ) {}

  async open(): Promise<void> {
    const { brandId, ids, unitOfWork } = this.e2e.bench;
    await unitOfWork.run('connector', (tx) =>
      createConnector(tx, { brandId, id: ids.next<'connector'>(), name: '收银', apiKey: this.apiKey }),
    );
  }

  async call(method: string, path: string, body: unknown): Promise<Answer> {
    const answer = await fetch(`${this.e2e.origin}/api/pos/${path}`, {
      method,
      headers: { 'x-api-key': this.apiKey, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const data = (await answer.json()) as Answer;
    if (!answer.ok) throw new Error(`${path} answers ${answer.status}: ${JSON.stringify(data)}`);
    return data;
  }
}

/** A till that signs what it did. */
export class TestTill {
  private readonly key: KeyObject;
  readonly publicKey: string;

  constructor(
    private readonly pos: TestPos,
    readonly deviceNo: string,
  ) {
    const pair = generateKeyPairSync('ed25519');
    this.key = pair.privateKey;
    this.publicKey = (pair.publicKey.export({ format: 'jwk' }) as { x: string }).x;
  }

  register = (storeCode: string) =>
    this.pos.call('PUT', 'devices', {
      storeCode,
      deviceNo: this.deviceNo,
      name: this.deviceNo,
      publicKey: this.publicKey,
    });

  signed = (row: TillRow) => ({
    ...row,
    signature: sign(null, Buffer.from(canonicalJson({ deviceNo: this.deviceNo, row })), this.key).toString('base64url'),
  });

  send = (rows: readonly TillRow[]) =>
    this.pos.call('POST', 'device-rows', { deviceNo: this.deviceNo, rows: rows.map(this.signed) });
}
