import type { Transport } from '@shuke/shared/api';
import Taro from '@tarojs/taro';

const lowerKeys = (header: object | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(header ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]));

/** wx.request as a transport. `dataType: text` keeps WeChat from parsing JSON itself. */
export const transport: Transport = (request) =>
  new Promise((resolve, reject) => {
    void Taro.request<string>({
      url: request.url,
      method: request.method as keyof Taro.request.Method,
      header: request.headers,
      data: request.body,
      dataType: 'text',
      responseType: 'text',
      timeout: request.timeoutMs ?? 15_000,
      success: (answer) =>
        resolve({
          status: answer.statusCode,
          headers: lowerKeys(answer.header),
          text: typeof answer.data === 'string' ? answer.data : answer.data == null ? '' : JSON.stringify(answer.data),
        }),
      fail: (failure) => reject(new Error(failure.errMsg)),
    });
  });
