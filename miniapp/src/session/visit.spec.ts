import { beforeEach, describe, expect, it } from 'vitest';
import { attribution, enterVisit, visit, visitOf } from './visit';

beforeEach(() => visit.set({}));

describe('the launch query', () => {
  it('keeps guide code, store, send and scene for the visit', () => {
    enterVisit({ g: 'g7Kd2m', storeId: '12', sendId: '88', scene: 'gc%3Dabc' });
    expect(visit.get()).toEqual({ guideCode: 'g7Kd2m', storeId: '12', sendId: '88', scene: 'gc=abc' });
    expect(attribution()).toEqual({ guideCode: 'g7Kd2m', sendId: '88' });
  });

  it('leaves out what is malformed', () => {
    expect(visitOf({ g: '../x', storeId: 'abc', sendId: '0', scene: '%E0%A4%A' })).toEqual({ scene: '%E0%A4%A' });
  });

  it('keeps the guide when a later launch names none, and reports whether anything changed', () => {
    expect(enterVisit({ g: 'g7Kd2m' })).toBe(true);
    expect(enterVisit({ storeId: '3' })).toBe(true);
    expect(visit.get().guideCode).toBe('g7Kd2m');
    expect(enterVisit({ storeId: '3' })).toBe(false);
    expect(enterVisit({})).toBe(false);
  });
});
