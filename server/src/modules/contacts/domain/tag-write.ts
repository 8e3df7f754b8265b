import { pauseMs, VENDOR_TRIES } from './retry.js';

/** WAITING for its turn · SENDING taken by one worker · DONE WeCom took it · FAILED WeCom will never take it. */
export type TagWriteState = 'WAITING' | 'SENDING' | 'DONE' | 'FAILED';

/** A call that failed, as far as the decision needs it. */
export interface MarkFailure {
  kind: string;
  errcode: number | null;
  /** Instant (ms) before which trying again is pointless. */
  retryAtMs: number | null;
}

/** The kind of a failure that is not WeCom's: something went wrong here, and may pass. */
export const UNEXPECTED = 'UNEXPECTED';

/** What becomes of a wish after a call. */
export interface TagWriteEnd {
  state: Exclude<TagWriteState, 'SENDING'>;
  problem: string;
  nextAtMs: number;
}

/** An input that will never pass, an allowance that is used up, or our own mistake: no try would change the answer. */
const REFUSED = new Set(['DATA', 'QUOTA', 'BUG']);
const NOT_A_RELATION = 84061;
/** No such tag: it was deleted in WeCom. */
export const UNKNOWN_TAG = 40068;

const WORDS: ReadonlyMap<number | null, string> = new Map([
  [UNKNOWN_TAG, '企业微信里已经没有这个标签'],
  [40144, '这位顾客在企业微信里的标签满了'],
  [NOT_A_RELATION, '企业微信里已经不是好友'],
  [60011, '企业微信里看不到这位导购'],
  [60111, '企业微信里看不到这位导购'],
]);

/** What is said while a try has failed, and when the last one has. */
const THEIRS = ['企业微信暂时没接受，稍后自动再试', '企业微信一直没有答复'] as const;
const OURS = ['这次没写成，稍后自动再试', '一直没写成，可以再打一次'] as const;

/** Whether WeCom has said no for good; of several tags in one call it does not say which one it meant. */
export const isRefused = ({ kind }: Pick<MarkFailure, 'kind'>): boolean => REFUSED.has(kind);

/**
 * Decides after a call of mark_tag. Marking twice is marking once, so an answer that was lost is simply asked for again
 * (reference: wecom-miniapp 3.2, 10 rows 10, 13 and 15).
 * @param attempts calls so far, this one included
 * @param isHalf the guide has not confirmed the contact yet: until then WeCom knows no relation
 */
export function endOfWrite(failure: MarkFailure | null, attempts: number, isHalf: boolean, nowMs: number): TagWriteEnd {
  if (failure === null) return { state: 'DONE', problem: '', nextAtMs: nowMs };
  const [later, never] = failure.kind === UNEXPECTED ? OURS : THEIRS;
  const waitsForGuide = isHalf && failure.errcode === NOT_A_RELATION;
  const pause = isRefused(failure) && !waitsForGuide ? null : pauseMs(attempts, VENDOR_TRIES);
  if (pause !== null) {
    const problem = waitsForGuide ? '通过好友申请后自动写入' : later;
    return { state: 'WAITING', problem, nextAtMs: Math.max(nowMs + pause, failure.retryAtMs ?? 0) };
  }
  const problem = WORDS.get(failure.errcode) ?? (isRefused(failure) ? `企业微信不接受（${failure.errcode}）` : never);
  return { state: 'FAILED', problem, nextAtMs: nowMs };
}

/** One tag of WeCom at one contact: whether it is marked there, and the latest wish of ours about it. */
export interface CorpMark {
  id: string;
  groupName: string;
  name: string;
  isMarked: boolean;
  wish: { state: TagWriteState; isWanted: boolean; problem: string } | null;
}

export interface WecomMark {
  state: 'WAITING' | 'MARKED' | 'FAILED' | 'GONE';
  text: string;
}

const isOpen = (wish: CorpMark['wish']): boolean => wish?.state === 'WAITING' || wish?.state === 'SENDING';

/** Where a tag of ours stands in WeCom: WeCom's answer decides, and a wish alone is never shown as done. */
export function wecomMarkOf({ isMarked, wish }: CorpMark): WecomMark | null {
  if (wish?.isWanted && isOpen(wish)) return { state: 'WAITING', text: wish.problem || '正在写到企业微信' };
  if (isMarked) return { state: 'MARKED', text: '企业微信里也有' };
  if (wish?.isWanted && wish.state === 'FAILED') return { state: 'FAILED', text: `没写到企业微信：${wish.problem}` };
  return wish?.isWanted ? { state: 'GONE', text: '在企业微信里被去掉了' } : null;
}

/** What is to be said about a mark that is only in WeCom; null when it simply is there. */
export function corpNoteOf({ wish }: CorpMark): string | null {
  if (wish === null || wish.isWanted) return null;
  if (isOpen(wish)) return wish.problem || '正在从企业微信去掉';
  return wish.state === 'FAILED' ? `没能去掉：${wish.problem}` : null;
}
