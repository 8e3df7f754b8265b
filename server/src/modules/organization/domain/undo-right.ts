import type { GuideId, StoreId } from '@shuke/shared/kernel';

const MINUTE_MS = 60_000;

interface Clerk {
  guideId: GuideId;
  storeId: StoreId;
  isManager: boolean;
}
/** Something done at a store's counter: goods handed over, a coupon taken in, a payment from the wallet. */
interface Done {
  /** Null when no guide did it, such as a till. */
  guideId: GuideId | null;
  storeId: StoreId;
  at: Date;
}

/**
 * Until when whoever did it may undo it alone.
 * @param minutes the brand's, `Brand.undoMinutes`
 */
export const undoUntil = ({ at }: Pick<Done, 'at'>, minutes: number): Date =>
  new Date(at.getTime() + minutes * MINUTE_MS);

/**
 * Who may undo what was done at a counter: the same guide within the brand's minutes, the manager of that store at any time,
 * nobody of another store. With no minutes at all only the manager.
 */
export const mayUndo = (clerk: Clerk, done: Done, minutes: number, now: Date): boolean =>
  clerk.storeId === done.storeId &&
  (clerk.isManager || (clerk.guideId === done.guideId && minutes > 0 && now <= undoUntil(done, minutes)));

/** Why not, and who can. */
export const undoRefusal = (minutes: number): string =>
  minutes > 0 ? `${minutes} 分钟内由本人撤销，之后请店长处理` : '撤销要由店长来做';
