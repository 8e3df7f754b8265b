import { expect, it } from '@jest/globals';
import { requireFilledSlots, SharedSlot, Slot } from './slot.js';

const rule = new Slot<() => string>('shop.rule');
const voices = new SharedSlot<'left' | 'right', string>('shop.voices', ['left', 'right']);

it('lets nothing start and answers nobody while a slot is empty, naming the slot and who is missing', () => {
  expect(() => requireFilledSlots()).toThrow('nobody fills shop.rule, shop.voices (left), shop.voices (right)');
  expect(() => rule.get()).toThrow('nobody fills shop.rule');
  voices.fill('right', 'two');
  expect(() => voices.all()).toThrow('nobody fills shop.voices (left)');
  expect(() => requireFilledSlots()).toThrow('nobody fills shop.rule, shop.voices (left):');
});

it('answers once it is filled, in the declared order, with the last filling of each', () => {
  rule.fill(() => 'old');
  rule.fill(() => 'new');
  voices.fill('left', 'one');
  voices.fill('right', 'three');
  expect([rule.get()(), ...voices.all()]).toEqual(['new', 'one', 'three']);
  expect(() => requireFilledSlots()).not.toThrow();
});
