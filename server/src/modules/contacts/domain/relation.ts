/**
 * FRIEND · HALF the guide has not confirmed yet · LOST the contact removed the guide · REMOVED the guide removed the contact ·
 * TRANSFERRED handed over to a colleague, which is no loss.
 */
export type RelationState = 'FRIEND' | 'HALF' | 'LOST' | 'REMOVED' | 'TRANSFERRED';

export const isOpen = (state: RelationState): boolean => state === 'FRIEND' || state === 'HALF';

/** Whether WeCom still takes remarks and tags: a contact who has removed the guide stays in the guide's list. */
export const isReachable = (state: RelationState): boolean => isOpen(state) || state === 'LOST';

export interface KnownRelation {
  state: RelationState;
  closedAtMs: number | null;
}

/** Why the relation is looked at: an event of WeCom, or the nightly comparison (`read`). */
export interface Occasion {
  kind: 'added' | 'half-added' | 'edited' | 'removed-by-guide' | 'removed-by-contact' | 'read';
  byTransfer?: boolean;
  /** When it happened, one second fine. */
  atMs: number;
}

export interface NextRelation {
  state: RelationState;
  closedAtMs: number | null;
}

/**
 * What a relation is, from what WeCom shows now and what is known of its past. Events come late, twice and out of order,
 * so none is applied as a difference: what WeCom shows decides, and only what WeCom cannot show (that the contact removed
 * the guide) is taken from the event (reference: wecom-miniapp 2.3, 10 rows 5, 10–12).
 *
 * @param seen the follow entry as WeCom shows it now; null when the guide does not follow the contact
 * @returns null when there is nothing to keep
 */
export function nextRelation(
  known: KnownRelation | null,
  seen: { createdAtMs: number } | null,
  occasion: Occasion,
): NextRelation | null {
  return seen ? followed(known, seen.createdAtMs, occasion) : notFollowed(known, occasion);
}

function followed(known: KnownRelation | null, addedAtMs: number, occasion: Occasion): NextRelation {
  // A removed guide still follows the contact one-way, so WeCom goes on showing the entry.
  if (occasion.kind === 'removed-by-contact' && addedAtMs <= occasion.atMs)
    return { state: 'LOST', closedAtMs: Math.max(occasion.atMs, known?.closedAtMs ?? 0) };
  if (known?.state === 'LOST') {
    const closedAtMs = known.closedAtMs ?? 0;
    const addedAgain = addedAtMs > closedAtMs || (occasion.kind === 'added' && occasion.atMs > closedAtMs);
    if (!addedAgain) return { state: 'LOST', closedAtMs };
  }
  return { state: 'FRIEND', closedAtMs: null };
}

function notFollowed(known: KnownRelation | null, occasion: Occasion): NextRelation | null {
  if (occasion.kind === 'half-added' && (known === null || known.state === 'HALF'))
    return { state: 'HALF', closedAtMs: null };
  if (known === null) return null;
  if (occasion.kind === 'removed-by-guide' && known.state !== 'LOST')
    return { state: occasion.byTransfer ? 'TRANSFERRED' : 'REMOVED', closedAtMs: occasion.atMs };
  if (known.state === 'HALF' && occasion.kind !== 'read') return { state: 'HALF', closedAtMs: null };
  return isOpen(known.state) ? { state: 'REMOVED', closedAtMs: occasion.atMs } : known;
}

const ADD_WAYS: Readonly<Record<number, string>> = {
  1: '扫二维码',
  2: '搜索手机号',
  3: '名片分享',
  4: '群聊',
  5: '手机通讯录',
  6: '微信联系人',
  13: '微信好友',
  16: '获客链接',
  24: '接受好友申请',
  201: '同事共享',
  202: '管理员分配',
};

/** How the friend was made, by WeCom's add_way (reference: wecom-miniapp 3.1). */
export const addWayText = (addWay: number): string => ADD_WAYS[addWay] ?? '其他方式';
