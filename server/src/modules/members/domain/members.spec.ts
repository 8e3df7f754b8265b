import { describe, expect, it } from '@jest/globals';
import { chooseMember, maskPhone, memberNoOf, openidIdentifier, phoneValue, strengthOf } from './identifiers.js';

describe('identifiers of a person', () => {
  it('keep openids of two mini-programs apart', () => {
    expect(openidIdentifier('wxa', 'o1').value).not.toBe(openidIdentifier('wxb', 'o1').value);
  });

  it.each([
    ['13857110001', '86', '13857110001'],
    ['138 5711 0001', '86', '13857110001'],
    ['1385711000', '86', null],
    ['61234567', '852', '+85261234567'],
    ['abc', '852', null],
  ])('read the phone %s of country %s as %s', (phone, country, value) => {
    expect(phoneValue(phone, country)).toBe(value);
  });

  it('show a phone only to its owner', () => {
    expect(maskPhone('13857110001')).toBe('138****0001');
  });

  it('prefer the member of the unionid over those of other identifiers', () => {
    const found = [
      { kind: 'openid', memberId: 'a' },
      { kind: 'unionid', memberId: 'b' },
    ] as const;
    expect(chooseMember(found)).toBe('b');
    expect(chooseMember([])).toBeNull();
  });

  it('do not take a card number for a proof', () => {
    expect([strengthOf('card'), strengthOf('phone')]).toEqual(['WEAK', 'STRONG']);
  });

  it('make member numbers that differ for the largest neighbouring ids and fit their column', () => {
    const [a, b] = ['9223372036854775806', '9223372036854775807'].map(memberNoOf);
    expect(a).not.toBe(b);
    expect(a?.length).toBeLessThanOrEqual(20);
  });
});
