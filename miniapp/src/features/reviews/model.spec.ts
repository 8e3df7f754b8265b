import { expect, it } from 'vitest';
import { averageText, filtersOf } from './model';

it('shows no score while there is none, and one digit otherwise', () => {
  expect([averageText(null), averageText(47), averageText(50)]).toEqual([null, '4.7', '5.0']);
});

it('offers only filters that hold something, bad reviews like all others', () => {
  const filters = filtersOf({ count: 4, withPictures: 1, followUps: 0, stars: [1, 0, 0, 1, 2] });
  expect(filters.map(({ label }) => label)).toEqual(['全部 4', '有图 1', '好评 3', '差评 1']);
});
