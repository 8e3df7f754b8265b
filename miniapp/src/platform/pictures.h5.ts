import Taro from '@tarojs/taro';
import type { PickedPicture } from './picture-types';

const asBase64 = (blob: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(new Error('这张图片读不出来，换一张试试'));
    reader.onload = () => resolve(String(reader.result).replace(/^data:[^,]*,/, ''));
    reader.readAsDataURL(blob);
  });

/** Lets the person choose pictures; an empty list when they change their mind. */
export async function pickPictures(count: number): Promise<PickedPicture[]> {
  const picked = await Taro.chooseImage({ count, sizeType: ['compressed'] }).catch(() => null);
  return Promise.all(
    (picked?.tempFilePaths ?? []).slice(0, count).map(async (localUrl) => {
      const answer = await fetch(localUrl);
      return { localUrl, base64: await asBase64(await answer.blob()) };
    }),
  );
}
