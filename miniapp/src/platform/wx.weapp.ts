import Taro from '@tarojs/taro';
import { type Wx, WxError } from './wx-types';

async function ask<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (reason) {
    throw new WxError((reason as { errMsg?: string }).errMsg ?? String(reason));
  }
}

/** The real thing. */
export const wx: Wx = {
  isAvailable: true,
  canOpenContact: false,
  login: () => ask(async () => (await Taro.login()).code),
  profile: () => Promise.reject(new WxError('getUserProfile:fail use chooseAvatar and type=nickname')),
  pay: (request) =>
    ask(async () => {
      await Taro.requestPayment(request);
    }),
  scan: () =>
    ask(async () => {
      const scan = await Taro.scanCode({});
      return { result: scan.result, path: scan.path };
    }),
  fuzzyLocation: () => ask(() => Taro.getFuzzyLocation({ type: 'wgs84' })),
  chooseLocation: () =>
    ask(async () => {
      const place = await Taro.chooseLocation({});
      return {
        name: place.name,
        address: place.address,
        latitude: Number(place.latitude),
        longitude: Number(place.longitude),
      };
    }),
  subscribe: (tmplIds) =>
    ask(
      async () => (await Taro.requestSubscribeMessage({ tmplIds, entityIds: [] })) as unknown as Record<string, string>,
    ),
  keptAnswers: () =>
    ask(async () => {
      const { subscriptionsSetting } = await Taro.getSetting({ withSubscriptions: true });
      return (subscriptionsSetting?.itemSettings ?? {}) as Record<string, string>;
    }),
  call: (phoneNumber) =>
    ask(async () => {
      await Taro.makePhoneCall({ phoneNumber });
    }),
  openPlace: (place) =>
    ask(async () => {
      await Taro.openLocation({ ...place, scale: 17 });
    }),
  openContact: () => Promise.reject(new WxError('openContact:fail long press the picture')),
  setTitle: (title) => {
    void Taro.setNavigationBarTitle({ title });
  },
  // In WeChat the app's own onShow carries the query; see app.tsx.
  onShow: () => undefined,
  mirrorTitle: () => undefined,
};
