import { readFileSync } from 'node:fs';
import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

const PayAccountSchema = Type.Object({
  accountId: Type.String({ pattern: '^[a-z0-9-]{1,40}$' }),
  mode: Type.Union([Type.Literal('DIRECT'), Type.Literal('PARTNER')]),
  mchid: Type.String({ pattern: '^\\d{8,12}$' }),
  merchantName: Type.String(),
  serialNo: Type.String(),
  privateKeyPem: Type.String(),
  apiV3Keys: Type.Array(Type.String({ minLength: 32, maxLength: 32 }), { minItems: 1 }),
  publicKeyId: Type.String(),
  platformKeys: Type.Record(Type.String(), Type.String()),
  feeBp: Type.Integer({ minimum: 0, maximum: 1000 }),
});

const BrandAccountsSchema = Type.Object({
  appid: Type.String(),
  pay: Type.Array(PayAccountSchema),
  /** The merchant number that receives the brand's share of split orders. */
  brandReceiver: Type.Object({ mchid: Type.String(), name: Type.String() }),
  wecom: Type.Object({
    corpId: Type.String(),
    agentId: Type.String(),
    secret: Type.String(),
    token: Type.String(),
    encodingAesKey: Type.String(),
  }),
  miniapp: Type.Object({
    appid: Type.String(),
    secret: Type.String(),
    pushToken: Type.String(),
    pushAesKey: Type.String(),
  }),
});
const AccountsSchema = Type.Object({ brands: Type.Array(BrandAccountsSchema) });

export type PayAccountSettings = Static<typeof PayAccountSchema>;
export type BrandAccounts = Static<typeof BrandAccountsSchema>;

/** Credentials towards WeChat Pay, WeCom and the mini-program platform, per brand; read once at start from a file. */
export class Accounts {
  constructor(private readonly brands: readonly BrandAccounts[]) {}

  /** @throws Error naming the first bad field of the file. */
  static fromFile(path: string): Accounts {
    const content = JSON.parse(readFileSync(path, 'utf8')) as unknown;
    const first = Value.Errors(AccountsSchema, content).First();
    if (first) throw new Error(`accounts file ${first.path}: ${first.message}`);
    return new Accounts((content as Static<typeof AccountsSchema>).brands);
  }

  all(): readonly BrandAccounts[] {
    return this.brands;
  }

  /** The credentials of a brand by its mini-program's appid. */
  of(appid: string): BrandAccounts {
    const found = this.brands.find((brand) => brand.appid === appid);
    if (!found) throw new Error(`no accounts for mini-program ${appid}`);
    return found;
  }

  /** A collecting account by its id, which is part of the notification path. */
  payAccount(accountId: string): { brand: BrandAccounts; account: PayAccountSettings } | null {
    for (const brand of this.brands) {
      const account = brand.pay.find((one) => one.accountId === accountId);
      if (account) return { brand, account };
    }
    return null;
  }
}
