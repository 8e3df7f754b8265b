import Taro from '@tarojs/taro';
import type { PickedPicture } from './picture-types';

/** Lets the person choose pictures; an empty list when they change their mind. */
export async function pickPictures(count: number): Promise<PickedPicture[]> {
  const picked = await Taro.chooseMedia({ count, mediaType: ['image'], sizeType: ['compressed'] }).catch(() => null);
  const files = Taro.getFileSystemManager();
  return (picked?.tempFiles ?? []).map(({ tempFilePath }) => ({
    localUrl: tempFilePath,
    base64: files.readFileSync(tempFilePath, 'base64') as string,
  }));
}
