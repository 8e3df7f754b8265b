/** What names one person, by type, strongest first (reference: features B25; wecom-miniapp 8). */
export const IDENTIFIER_KINDS = [
  'unionid',
  'external_userid',
  'phone',
  'openid',
  'phone_hash',
  'marketplace',
  'pos',
  'card',
] as const;
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

/** What many people may share: a phone that somebody typed, a name with a birthday, a device. Proves nothing alone. */
export const HINT_KINDS = ['typed_phone', 'name_birthday', 'device'] as const;
export type HintKind = (typeof HINT_KINDS)[number];

/**
 * One identifier. An openid's value is `<appid>:<openid>`, a phone's is digits, with `+cc` in front outside China; a
 * marketplace's is `<marketplace>:<id>`, a POS number's is `<system>:<number>`; a phone hash is salted by the brand.
 */
export interface Identifier {
  kind: IdentifierKind;
  value: string;
}
export interface Hint {
  kind: HintKind;
  value: string;
}

/**
 * STRONG identifiers were proved by the platform or the person; two members found by strong ones are the same person. A
 * card or POS number can be read aloud by anybody who has seen it, and a marketplace masks its numbers. A HINT is shared
 * by families and shops.
 */
export type Strength = 'STRONG' | 'WEAK' | 'HINT';
const WEAK: ReadonlySet<string> = new Set(['card', 'pos', 'marketplace']);
export function strengthOf(kind: IdentifierKind | HintKind): Strength {
  if ((HINT_KINDS as readonly string[]).includes(kind)) return 'HINT';
  return WEAK.has(kind) ? 'WEAK' : 'STRONG';
}

const KIND_TEXT: Readonly<Record<IdentifierKind | HintKind, string>> = {
  unionid: '微信账号',
  openid: '小程序身份',
  external_userid: '企业微信客户',
  phone: '已验证手机号',
  phone_hash: '历史资料手机号',
  marketplace: '电商平台账号',
  pos: '门店收银编号',
  card: '会员卡号',
  typed_phone: '填写的手机号',
  name_birthday: '姓名与生日',
  device: '同一台设备',
};
export const kindText = (kind: IdentifierKind | HintKind): string => KIND_TEXT[kind];

export const openidIdentifier = (appid: string, openid: string): Identifier => ({
  kind: 'openid',
  value: `${appid}:${openid}`,
});

/** Phone digits as they are stored. @returns null for what is no phone number */
export function phoneValue(phone: string, countryCode = '86'): string | null {
  const digits = phone.replace(/\D/g, '');
  if (countryCode === '86') return /^1\d{10}$/.test(digits) ? digits : null;
  return /^\d{4,15}$/.test(digits) ? `+${countryCode.replace(/\D/g, '')}${digits}` : null;
}

/** A number whose owner recognises it and nobody else does: 138****0001. */
export const maskPhone = (phone: string): string => `${phone.slice(0, 3)}****${phone.slice(-4)}`;

/** 王小明 → 王**: enough to recognise oneself. */
export const maskName = (name: string): string =>
  `${[...name][0] ?? ''}${'*'.repeat(Math.max(0, [...name].length - 1))}`;

/** An identifier as headquarters and its owner read it: enough to tell two apart, too little to use. */
export function maskIdentifier(kind: IdentifierKind | HintKind, value: string): string {
  if (kind === 'phone' || kind === 'typed_phone') return maskPhone(value);
  if (kind === 'phone_hash' || kind === 'name_birthday' || kind === 'device') return '已加密';
  const bare = value.slice(value.indexOf(':') + 1);
  return bare.length <= 6 ? `${bare.slice(0, 2)}****` : `${bare.slice(0, 3)}****${bare.slice(-3)}`;
}

/** Which of several found members to go on with: the one with the unionid, else by the order of kinds. */
export function chooseMember<Member>(found: readonly { kind: IdentifierKind; memberId: Member }[]): Member | null {
  for (const kind of IDENTIFIER_KINDS) {
    const hit = found.find((one) => one.kind === kind);
    if (hit) return hit.memberId;
  }
  return null;
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A member number from the member's id: unique because the id is, without letters that are read wrongly. */
export function memberNoOf(id: string): string {
  let rest = BigInt(id);
  let text = '';
  while (rest > 0n) {
    text = `${ALPHABET[Number(rest % 32n)]}${text}`;
    rest /= 32n;
  }
  return `S${text.padStart(12, '0')}`;
}
