import { describe, expect, it } from '@jest/globals';
import {
  type CorpMark,
  corpNoteOf,
  endOfWrite,
  isRefused,
  type MarkFailure,
  UNEXPECTED,
  wecomMarkOf,
} from './tag-write.js';

const NOW = 1_000_000;
const failure = (kind: string, errcode: number | null, retryAtMs: number | null = null): MarkFailure => ({
  kind,
  errcode,
  retryAtMs,
});
const end = (what: MarkFailure | null, attempts = 1, isHalf = false) => endOfWrite(what, attempts, isHalf, NOW);

describe('a tag that was to be written to WeCom', () => {
  it('is done when WeCom says so', () => {
    expect(end(null)).toEqual({ state: 'DONE', problem: '', nextAtMs: NOW });
  });

  it.each([
    ['NETWORK', null],
    ['RETRY', 45035],
    ['RETRY', -1],
    ['TOKEN', 42001],
    ['CONFIG', 48002],
    ['OTHER', 99999],
  ] as const)('is tried again after %s %s, later each time', (kind, errcode) => {
    const pauses = [1, 2, 3, 4].map((attempts) => end(failure(kind, errcode), attempts));
    expect(pauses.map((one) => one.state)).toEqual(['WAITING', 'WAITING', 'WAITING', 'WAITING']);
    const times = pauses.map((one) => one.nextAtMs);
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
    expect(end(failure(kind, errcode), 50)).toMatchObject({ state: 'FAILED', problem: '企业微信一直没有答复' });
  });

  it('is tried again soon when something went wrong here, and nobody says that WeCom refused', () => {
    expect(end(failure(UNEXPECTED, null))).toEqual({
      state: 'WAITING',
      problem: '这次没写成，稍后自动再试',
      nextAtMs: NOW + 1000,
    });
    expect(end(failure(UNEXPECTED, null), 50)).toMatchObject({ state: 'FAILED', problem: '一直没写成，可以再打一次' });
  });

  it('waits for the end of the window when the calls are used up', () => {
    expect(end(failure('RATE', 45009, NOW + 42_000)).nextAtMs).toBe(NOW + 42_000);
  });

  it.each([
    ['DATA', 40068, /没有这个标签/],
    ['QUOTA', 40144, /满了/],
    ['DATA', 84061, /不是好友/],
    ['DATA', 60111, /看不到这位导购/],
    ['DATA', 40003, /40003/],
  ] as const)('is given up at once after %s %s, and says why', (kind, errcode, words) => {
    expect(end(failure(kind, errcode))).toMatchObject({ state: 'FAILED' });
    expect(end(failure(kind, errcode)).problem).toMatch(words);
    expect(isRefused({ kind })).toBe(true);
  });

  it('wecom-10 waits for the guide to confirm a contact who is half added', () => {
    expect(end(failure('DATA', 84061), 1, true)).toMatchObject({ state: 'WAITING', problem: '通过好友申请后自动写入' });
  });
});

describe('what is shown', () => {
  const mark = (isMarked: boolean, wish: CorpMark['wish']): CorpMark => ({
    id: 't',
    groupName: '在意什么',
    name: '怕冷',
    isMarked,
    wish,
  });
  const wish = (state: 'WAITING' | 'SENDING' | 'DONE' | 'FAILED', isWanted: boolean, problem = '') => ({
    state,
    isWanted,
    problem,
  });

  it('is decided by what WeCom has answered', () => {
    expect(wecomMarkOf(mark(false, wish('WAITING', true)))?.state).toBe('WAITING');
    expect(wecomMarkOf(mark(true, wish('SENDING', true)))?.state).toBe('WAITING');
    expect(wecomMarkOf(mark(true, wish('DONE', true)))?.state).toBe('MARKED');
    expect(wecomMarkOf(mark(true, null))?.state).toBe('MARKED');
    expect(wecomMarkOf(mark(false, wish('FAILED', true, '满了')))).toEqual({
      state: 'FAILED',
      text: '没写到企业微信：满了',
    });
    expect(wecomMarkOf(mark(false, wish('DONE', true)))?.state).toBe('GONE');
    expect(wecomMarkOf(mark(false, null))).toBeNull();
    expect(wecomMarkOf(mark(false, wish('DONE', false)))).toBeNull();
  });

  it('keeps a mark in sight until WeCom has taken it off', () => {
    expect(corpNoteOf(mark(true, wish('WAITING', false)))).toBe('正在从企业微信去掉');
    expect(corpNoteOf(mark(true, wish('FAILED', false, '满了')))).toBe('没能去掉：满了');
    expect(corpNoteOf(mark(true, null))).toBeNull();
    expect(corpNoteOf(mark(true, wish('DONE', true)))).toBeNull();
  });
});
