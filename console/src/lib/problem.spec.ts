import { ApiError } from '@shuke/shared/api';
import { describe, expect, it } from 'vitest';
import { problemText } from './problem';

const failed = (status: number, code = 'X') => new ApiError(status, code, '这张券已经停用', 'tr-1', null);

describe('what is told about a failure', () => {
  it('has a number only when somebody has to look into it', () => {
    for (const status of [400, 404, 409, 429])
      expect(problemText(failed(status))).toEqual({ message: '这张券已经停用', traceId: null });
    expect(problemText(failed(500)).traceId).toBe('tr-1');
    expect(problemText(failed(503)).traceId).toBe('tr-1');
  });

  it('is our own sentence where the server has said nothing', () => {
    expect(problemText(failed(403, 'HTTP_403')).message).toBe('你的账号没有这项权限');
    expect(problemText(new TypeError('x')).message).toBe('页面遇到意外，请刷新后再试');
  });
});
