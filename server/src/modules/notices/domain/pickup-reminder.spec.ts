import { describe, expect, it } from '@jest/globals';
import { remindOfPickupAt } from './pickup-reminder.js';

const at = (text: string) => Date.parse(`2026-11-${text}+08:00`);
const END_OF_29 = at('29T23:59:59.999');

describe('a reminder of goods that wait in a store', () => {
  it('comes in the morning of the day before the last one', () => {
    expect(remindOfPickupAt(at('22T15:00:00'), END_OF_29)).toBe(at('28T10:00:00'));
  });

  it.each([
    ['bought the day before, when that morning is over', '28T15:00:00'],
    ['bought at night, when that morning would come right after paying', '27T23:30:00'],
  ])('comes on the last morning for what was %s', (_, ordered) => {
    expect(remindOfPickupAt(at(ordered), END_OF_29)).toBe(at('29T10:00:00'));
  });

  it('does not come when no morning is left', () => {
    expect(remindOfPickupAt(at('29T09:00:00'), END_OF_29)).toBeNull();
  });
});
