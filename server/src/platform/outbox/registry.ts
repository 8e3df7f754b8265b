import type { BrandId } from '@shuke/shared/kernel';
import type { Tx } from '../database/tx.js';
import type { DomainEvent } from './event.js';

/**
 * A handler runs in its own transaction together with its inbox row, so it takes effect once, however often the event
 * is delivered. Network calls do not belong here: write a row that a sweep acts on.
 */
export interface EventHandler {
  name: string;
  type: string;
  handle(tx: Tx, event: DomainEvent): Promise<void>;
  /** The same for several events of one brand, where one statement can do for all; they come in their own order. */
  handleMany?(tx: Tx, brandId: BrandId, events: readonly DomainEvent[]): Promise<void>;
}

const handlers = new Map<string, Map<string, EventHandler>>();

/** Registers a handler when its module starts; the last one with a name wins, so that tests can build the app twice. */
export function registerHandler(handler: EventHandler): void {
  const ofType = handlers.get(handler.type) ?? new Map<string, EventHandler>();
  ofType.set(handler.name, handler);
  handlers.set(handler.type, ofType);
}

export const handlersOf = (type: string): EventHandler[] => [...(handlers.get(type)?.values() ?? [])];
export const handlerCount = (type: string): number => handlers.get(type)?.size ?? 0;
