import type { BrandId, GuideId, Id, MemberId, StoreId } from '@shuke/shared/kernel';

/** Who acts. Every use case takes one, and its first lines decide which rows this actor may see (product.md E1). */
export type Actor =
  | { kind: 'guest'; brandId: BrandId }
  | { kind: 'consumer'; brandId: BrandId; memberId: MemberId; openid: string }
  | { kind: 'guide'; brandId: BrandId; guideId: GuideId; storeId: StoreId; isManager: boolean }
  | { kind: 'hq'; brandId: BrandId; userId: Id<'user'>; name: string }
  | { kind: 'franchisee'; brandId: BrandId; userId: Id<'user'>; franchiseeId: Id<'franchisee'>; name: string }
  | { kind: 'pos'; brandId: BrandId; connectorId: Id<'connector'> }
  | { kind: 'system'; brandId: BrandId };

export type Consumer = Extract<Actor, { kind: 'consumer' }>;
export type Guide = Extract<Actor, { kind: 'guide' }>;
export type Desk = Extract<Actor, { kind: 'hq' | 'franchisee' }>;

/** A short name for logs and timelines, without personal data. */
export function actorLabel(actor: Actor): string {
  switch (actor.kind) {
    case 'consumer':
      return `member:${actor.memberId}`;
    case 'guide':
      return `guide:${actor.guideId}`;
    case 'hq':
    case 'franchisee':
      return `${actor.kind}:${actor.userId}`;
    case 'pos':
      return `pos:${actor.connectorId}`;
    default:
      return actor.kind;
  }
}
