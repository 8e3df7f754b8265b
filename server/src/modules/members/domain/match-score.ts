import {
  type HintKind,
  type IdentifierKind,
  kindText,
  maskIdentifier,
  type Strength,
  strengthOf,
} from './identifiers.js';
import type { Blocker, PersonFacts } from './merge-rules.js';

export interface Signal {
  kind: IdentifierKind | HintKind;
  text: string;
  strength: Strength;
  points: number;
}

/** What two records have in common is worth so much; a strong proof alone reaches the top. */
const POINTS: Readonly<Partial<Record<IdentifierKind | HintKind, number>>> = {
  typed_phone: 45,
  name_birthday: 40,
  device: 20,
  card: 40,
  pos: 40,
  marketplace: 50,
};
const STRONG_POINTS = 90;
/** A phone verified by one and only typed by the other: somebody knew the number. */
const PHONE_AND_TYPED = 65;
const BLOCKED_LESS = 25;
/** Many people have two WeChat accounts: that says little against a pair. */
const TWO_WECHATS_LESS = 10;

/** An identifier that both were seen with, though the table gives it to one of them. */
export interface Seen {
  kind: IdentifierKind;
  value: string;
}

/** What speaks for two records being one person. */
export function signalsOf(a: PersonFacts, b: PersonFacts, seen: readonly Seen[] = []): Signal[] {
  const signals: Signal[] = seen.map((one) => ({
    kind: one.kind,
    strength: strengthOf(one.kind),
    points: POINTS[one.kind] ?? STRONG_POINTS,
    text: `两边都用过同一个${kindText(one.kind)} ${maskIdentifier(one.kind, one.value)}`,
  }));
  for (const hint of a.hints) {
    if (!b.hints.some((one) => one.kind === hint.kind && one.value === hint.value)) continue;
    const shown = hint.kind === 'typed_phone' ? ` ${maskIdentifier(hint.kind, hint.value)}` : '';
    signals.push({
      kind: hint.kind,
      strength: 'HINT',
      points: POINTS[hint.kind] ?? 0,
      text: `${hint.kind === 'device' ? '用过' : '相同的'}${kindText(hint.kind)}${shown}`,
    });
  }
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const)
    for (const { value } of one.identifiers.filter((identifier) => identifier.kind === 'phone'))
      if (other.hints.some((hint) => hint.kind === 'typed_phone' && hint.value === value))
        signals.push({
          kind: 'typed_phone',
          strength: 'WEAK',
          points: PHONE_AND_TYPED,
          text: `一边验证过、另一边填写过手机号 ${maskIdentifier('phone', value)}`,
        });
  return signals;
}

/**
 * 0–100: signals of one kind count once, what speaks against the pair takes off.
 * A pair that only a shared phone connects scores nothing: that phone is no evidence.
 */
export function scoreOf(signals: readonly Signal[], blockers: readonly Blocker[]): number {
  const isShared = blockers.some((one) => one.code === 'SHARED_PHONE');
  const best = new Map<string, number>();
  for (const { kind, points } of signals) {
    if (isShared && (kind === 'typed_phone' || kind === 'phone')) continue;
    best.set(kind, Math.max(best.get(kind) ?? 0, points));
  }
  const sum = [...best.values()].reduce((total, points) => total + points, 0);
  const against = blockers.reduce((less, { code }) => {
    if (code === 'SHARED_PHONE') return less;
    return less + (code === 'WECHATS_DIFFER' ? TWO_WECHATS_LESS : BLOCKED_LESS);
  }, 0);
  return sum === 0 ? 0 : Math.max(1, Math.min(100, sum) - against);
}
