import { expect, it } from '@jest/globals';
import { Followers } from '../../src/core/followers.js';

it('counts a follower as behind until it has asked twice since the clock was moved', () => {
  const followers = new Followers();
  followers.note('server');
  followers.note('server');
  followers.note('worker');
  expect(followers.behind()).toEqual(['worker']);
  followers.forgetAsks();
  expect(followers.behind()).toEqual(['server', 'worker']);
  followers.note('worker');
  followers.note('worker');
  followers.note('server');
  expect(followers.behind()).toEqual(['server']);
  followers.note('server');
  expect(followers.behind()).toEqual([]);
});
