import { describe, expect, it } from '@jest/globals';
import { RECEIVER_FAIL_REASONS, RETURN_FAIL_REASONS } from './sharing-types.js';
import { remedyForReceiver, remedyForRefusal, remedyForReturn, SPLIT_REFUSALS } from './split-remedies.js';

describe('what to do after a refused split', () => {
  it.each([
    [400, 'INVALID_REQUEST', '非分账订单不支持分账', 'BUG'],
    [400, 'INVALID_REQUEST', '订单处理中，请稍后重试', 'RETRY_LATER'],
    [400, 'INVALID_REQUEST', '订单处理中，请在到达结算周期之后再请求分账', 'RETRY_DAILY'],
    [400, 'INVALID_REQUEST', '分账金额超出最大分账比例', 'REFRESH_RATIO'],
    [400, 'INVALID_REQUEST', '分账接收方关系不存在', 'ADD_RECEIVER'],
    [400, 'NO_RELATION', '', 'ADD_RECEIVER'],
    [400, 'INVALID_REQUEST', '订单已完结分账', 'FINAL'],
    [400, 'INVALID_REQUEST', '分账接收方与原请求不一致', 'BUG'],
    [403, 'NOT_ENOUGH', '分账金额不足', 'READ_AMOUNTS'],
    [403, 'NO_AUTH', '商户无权限', 'STOP_STORE'],
    [401, 'SIGN_ERROR', '签名错误', 'STOP_STORE'],
    [401, 'SIGN_ERROR', 'Http头Authorization中的timestamp与发起请求的时间不得超过5分钟', 'RETRY_LATER'],
    [404, 'RESOURCE_NOT_EXISTS', '记录不存在', 'RETRY_LATER'],
    [429, 'FREQUENCY_LIMITED', '', 'RETRY_LATER'],
    [500, 'SYSTEM_ERROR', '', 'RETRY_LATER'],
    [400, 'SOMETHING_NEW', '', 'BUG'],
  ])('pay-23 pay-24 pay-25 %i %s %s → %s', (status, code, message, action) => {
    expect(remedyForRefusal({ status, code, message }).action).toBe(action);
  });

  it('keeps the number when the request was not accepted, and takes a new one when the content changes', () => {
    const at = (code: string, message = '') => remedyForRefusal({ status: 400, code, message }).newNumber;
    expect([at('INVALID_REQUEST', '订单处理中'), at('RESOURCE_NOT_EXISTS')]).toEqual([false, false]);
    expect([at('NOT_ENOUGH'), at('INVALID_REQUEST', '超出最大分账比例')]).toEqual([true, true]);
  });
});

describe('what to do with a receiver or a return that failed', () => {
  it('pay-21 pay-22 knows every documented reason and tells a person what to do, in Chinese', () => {
    const unknownStep = remedyForReceiver('NEVER_HEARD_OF').nextStep;
    const remedies = [
      ...RECEIVER_FAIL_REASONS.map(remedyForReceiver),
      ...RETURN_FAIL_REASONS.map(remedyForReturn),
      ...SPLIT_REFUSALS.map((rule) => rule.remedy),
    ];
    for (const one of remedies) {
      expect(one.nextStep).toMatch(/^[\u4e00-\u9fff].{11,}。$/);
      expect(one.nextStep).not.toBe(unknownStep);
    }
  });

  it('never tries a high-risk receiver again, and waits for one that can mend', () => {
    expect(remedyForReceiver('RECEIVER_HIGH_RISK').action).toBe('FINAL');
    expect(remedyForReceiver('RECEIVER_REAL_NAME_NOT_VERIFIED').action).toBe('RETRY_LATER');
    expect(remedyForReceiver('NO_RELATION')).toMatchObject({ action: 'ADD_RECEIVER', newNumber: true });
    expect(remedyForReceiver(null).action).toBe('BUG');
    expect(remedyForReturn('TIME_OUT_CLOSED')).toMatchObject({ action: 'RETRY_LATER', newNumber: true });
  });
});
