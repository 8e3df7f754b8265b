import type { BrandId, Id } from '@shuke/shared/kernel';

/** Something that happened, past tense; written in the transaction that made it happen. */
export interface EventDraft {
  brandId: BrandId;
  type: string;
  payload: Record<string, unknown>;
}

/** An event as a handler gets it. */
export interface DomainEvent<Payload = Record<string, unknown>> {
  id: Id<'event'>;
  brandId: BrandId;
  type: string;
  payload: Payload;
}
