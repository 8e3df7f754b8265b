import Taro from '@tarojs/taro';
import { toast, toastDone } from './toast';

/** Puts a text into the clipboard and says so; browsers may refuse it. */
export async function copyText(data: string, done = '已复制'): Promise<void> {
  try {
    await Taro.setClipboardData({ data });
    toastDone(done);
  } catch {
    toast('没能复制，请长按文字复制');
  }
}
