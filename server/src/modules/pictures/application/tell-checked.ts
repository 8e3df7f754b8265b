import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Picture } from '../persistence/picture.store.js';

/** Tells the modules that show pictures what has come out of a check, whoever has decided. */
export function tellChecked(tx: Tx, { brandId, id, memberId, purpose, url, check }: Picture): void {
  tx.emit({ brandId, type: 'picture.checked', payload: { pictureId: id, memberId, purpose, url, check } });
}
