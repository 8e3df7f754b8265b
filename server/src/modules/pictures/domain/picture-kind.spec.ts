import { describe, expect, it } from '@jest/globals';
import { pictureKind } from './picture-kind.js';

describe('pictureKind', () => {
  it('knows pictures by their first bytes and believes nothing else', () => {
    expect(pictureKind(Buffer.from('ffd8ffe000104a464946', 'hex'))).toBe('jpg');
    expect(pictureKind(Buffer.from('89504e470d0a1a0a0000', 'hex'))).toBe('png');
    expect(pictureKind(Buffer.from('RIFF....WEBPVP8 '))).toBe('webp');
    expect(pictureKind(Buffer.from('<svg onload="alert(1)">'))).toBeNull();
    expect(pictureKind(Buffer.from('GIF89a'))).toBeNull();
    expect(pictureKind(new Uint8Array())).toBeNull();
  });
});
