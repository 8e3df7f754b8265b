import { describe, expect, it } from '@jest/globals';
import { outcomeOf, type SendFailure } from './send-outcome.js';

const HOUR_MS = 3_600_000;
const failure = (kind: SendFailure['kind'], errcode: number | null, more: Partial<SendFailure> = {}): SendFailure => ({
  kind,
  errcode,
  hint: '',
  wasSending: true,
  ...more,
});
const after = (what: SendFailure | null, attempts = 1, newsForMs = 48 * HOUR_MS) =>
  outcomeOf(what, attempts, newsForMs);

describe('after a call', () => {
  it('a message that was taken has used one consent', () => {
    expect(after(null)).toMatchObject({ state: 'SENT', consent: 'USED' });
  });

  it('a message whose answer is unknown is never sent again', () => {
    const lost = after(failure('NETWORK', null));
    expect(lost).toMatchObject({ state: 'UNKNOWN', consent: 'USED' });
    expect(lost.retryInMs).toBeUndefined();
  });

  it('a token that did not come is no message: it is tried again and the consent stays', () => {
    expect(after(failure('NETWORK', null, { wasSending: false }))).toMatchObject({ state: 'WAITING', consent: 'BACK' });
  });

  it('wecom-36 a refusal for want of consent sets the count to nothing', () => {
    expect(after(failure('REFUSED', 43101))).toMatchObject({ state: 'NO_CONSENT', errcode: 43101, consent: 'GONE' });
  });

  it.each([
    [40037, '', true, /不认识这个模板/],
    [47003, 'argument invalid! data.thing1.value is invalid rid: 1', false, /关键词 thing1/],
    [41030, '', false, /还没有发布/],
  ] as const)('error %s is shown to headquarters and the consent stays', (errcode, hint, pauses, problem) => {
    const end = after(failure('DATA', errcode, { hint }));
    expect(end).toMatchObject({ state: 'FAILED', errcode, consent: 'BACK', template: { pauses } });
    expect(end.template?.problem).toMatch(problem);
  });

  it.each([
    ['TOKEN', 42001],
    ['RETRY', -1],
    ['RATE', 45009],
    ['CONFIG', 40164],
    ['OTHER', 12345],
  ] as const)('%s is tried again later, and later each time, until it is no news', (kind, errcode) => {
    const delays = [1, 2, 3].map((attempts) => after(failure(kind, errcode), attempts).retryInMs ?? 0);
    expect(delays).toEqual([...delays].sort((a, b) => a - b));
    expect(new Set(delays).size).toBe(3);
    expect(after(failure(kind, errcode), 2, 1000)).toMatchObject({ state: 'FAILED', consent: 'BACK' });
    expect(after(failure(kind, errcode), 10)).toMatchObject({ state: 'FAILED', consent: 'BACK' });
  });
});
