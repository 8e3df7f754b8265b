/** What identifies a person, by type (reference: features B25; wecom-miniapp 8). */
export const IDENTIFIER_KINDS = ['unionid', 'external_userid', 'phone', 'openid', 'card'] as const;
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

/** One identifier; an openid's value is `<appid>:<openid>`, a phone's is digits, with `+cc` in front outside China. */
export interface Identifier {
  kind: IdentifierKind;
  value: string;
}

/**
 * STRONG identifiers were proved by the platform or the person; two members found by strong ones are the same person. A
 * card number can be read aloud by anybody who has seen the card.
 */
export type Strength = 'STRONG' | 'WEAK';
export const strengthOf = (kind: IdentifierKind): Strength => (kind === 'card' ? 'WEAK' : 'STRONG');

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
