import { describe, expect, it } from '@jest/globals';
import { placeOf } from './throttle.js';

describe('where guesses are counted', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:0001:2::1', '2001:db8:1:2::/64'],
    ['2001:db8::5', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['unknown', 'unknown'],
    ['203.0.113.7:4711', '203.0.113.7:4711'],
  ])('%s counts as %s', (address, place) => {
    expect(placeOf(address)).toBe(place);
  });

  it('takes what no address looks like without falling over', () => {
    for (const odd of ['', ':::', '1:2:3:4:5:6:7:8:9', 'a::b::c', `${'f:'.repeat(40)}::1`])
      expect(typeof placeOf(odd)).toBe('string');
  });
});
