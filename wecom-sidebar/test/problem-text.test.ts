import { ApiError } from '@shuke/shared/api';
import { describe, expect, it } from 'vitest';
import { problemText } from '../src/design/states';

describe('one line about what failed', () => {
  it('gives the number only for what somebody has to look into', () => {
    const failed = (status: number) => new ApiError(status, 'X', '没有找到这个券码', 'tr-1', null);
    expect(problemText(failed(404))).toBe('没有找到这个券码');
    expect(problemText(failed(503))).toBe('没有找到这个券码（tr-1）');
    expect(problemText(null)).toBe('没有成功，请再试一次');
  });
});
