import type { GuideId, StoreId } from '@shuke/shared/kernel';

/** How long whoever handed over may undo it alone; the same as for a payment from the wallet. */
export const UNDO_MS = 10 * 60_000;

interface Clerk {
  guideId: GuideId;
  storeId: StoreId;
  isManager: boolean;
}
interface Handed {
  guideId: GuideId;
  storeId: StoreId;
  at: Date;
  undoneAt: Date | null;
}

export const undoUntil = ({ at }: Pick<Handed, 'at'>): Date => new Date(at.getTime() + UNDO_MS);

/** The guide who handed over within ten minutes, afterwards the manager of the store where it was. */
export const mayUndo = (clerk: Clerk, handed: Handed, now: Date): boolean =>
  handed.undoneAt === null &&
  clerk.storeId === handed.storeId &&
  (clerk.isManager || (clerk.guideId === handed.guideId && now <= undoUntil(handed)));
