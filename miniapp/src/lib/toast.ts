import Taro from '@tarojs/taro';

/** A short word about what just happened; longer news belongs into the page. */
export const toast = (title: string): void => void Taro.showToast({ title, icon: 'none', duration: 2_200 });
export const toastDone = (title: string): void => void Taro.showToast({ title, icon: 'success', duration: 1_600 });

/** Asks before something that cannot be undone. */
export async function confirm(title: string, content: string, confirmText: string): Promise<boolean> {
  const answer = await Taro.showModal({ title, content, confirmText, cancelText: '再想想' });
  return answer.confirm;
}
