import Taro from '@tarojs/taro';
import type { PickedPicture } from './picture-types';

/** A picture by its file on this phone. */
export const readPicture = (localUrl: string): PickedPicture => ({
  localUrl,
  base64: Taro.getFileSystemManager().readFileSync(localUrl, 'base64') as string,
});

/** Lets the person choose pictures; an empty list when they change their mind. */
export async function pickPictures(count: number): Promise<PickedPicture[]> {
  const picked = await Taro.chooseMedia({ count, mediaType: ['image'], sizeType: ['compressed'] }).catch(() => null);
  return (picked?.tempFiles ?? []).map(({ tempFilePath }) => readPicture(tempFilePath));
}
