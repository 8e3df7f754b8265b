import { describe, expect, it } from '@jest/globals';
import { shownAvatar } from './avatar.js';

const FACE = 'https://thirdwx.qlogo.cn/mmopen/vi_32/abc/132';

describe('an avatar that a client names', () => {
  it.each([
    ['a picture of ours', '/files/pictures/chu.svg', '/files/pictures/chu.svg'],
    ['a picture of ours with its host', 'https://shop.example.com/files/pictures/chu.png', '/files/pictures/chu.png'],
    ['WeChat’s own', FACE, FACE],
  ])('%s is shown', (_, given, shown) => {
    expect(shownAvatar(given)).toBe(shown);
  });

  it.each([
    '',
    'https://evil.example/look.png',
    'https://thirdwx.qlogo.cn.evil.example/a',
    'https://wx.qlogo.cn:8443/a',
    'http://wx.qlogo.cn/a',
    '//evil.example/a.png',
    'javascript:alert(1)',
    'data:image/svg+xml,<svg onload=alert(1)>',
    'http://tmp/9f2c.jpg',
    'wxfile://tmp_1.jpg',
    '/files/../secrets.json',
    '/files/a/../../b.png',
    '/api/c/logout',
    '/files/consumer/1/5f0c1d2e3f405162738495a6b7c8d9e0.jpg',
    '/files//consumer/1/5f0c1d2e3f405162738495a6b7c8d9e0.jpg',
    'https://shop.example.com/files///consumer/1/5f0c1d2e3f405162738495a6b7c8d9e0.jpg',
    'https://shop.example.com/files/consumer/1/5f0c1d2e3f405162738495a6b7c8d9e0.jpg',
  ])('%j is not', (given) => {
    expect(shownAvatar(given)).toBeNull();
  });
});
