import { callFrame, inFrame, onFrameShow } from './bridge.h5';
import { type Place, type Position, type Scan, type Wx, WxError } from './wx-types';

const QUICK_MS = 4_000;

/** The simulator's phone frame speaks for WeChat. */
export const wx: Wx = {
  get isAvailable() {
    return inFrame();
  },
  get canOpenContact() {
    return inFrame();
  },
  login: async () => (await callFrame<{ code: string }>('login', {}, QUICK_MS)).code,
  profile: () => callFrame('getUserProfile'),
  pay: async (request) => {
    await callFrame('requestPayment', request);
  },
  scan: () => callFrame<Scan>('scanCode'),
  fuzzyLocation: () => callFrame<Position>('getFuzzyLocation'),
  chooseLocation: () => callFrame<Place>('chooseLocation'),
  subscribe: (tmplIds) => callFrame('requestSubscribeMessage', { tmplIds }),
  keptAnswers: async () => {
    type Setting = { subscriptionsSetting: { itemSettings: Record<string, string> } };
    const setting = await callFrame<Setting>('getSetting', { withSubscriptions: true }, QUICK_MS);
    return setting.subscriptionsSetting.itemSettings;
  },
  call: async (phoneNumber) => {
    if (inFrame()) await callFrame('makePhoneCall', { phoneNumber });
    else window.location.href = `tel:${phoneNumber}`;
  },
  // A browser knows no map of the phone, and the phone frame has none.
  openPlace: () => Promise.reject(new WxError('openLocation:fail no map here')),
  openContact: (userid) => callFrame('openContact', { userid }),
  setTitle: (title) => {
    document.title = title;
  },
  onShow: onFrameShow,
  mirrorTitle: () => {
    if (!inFrame()) return;
    const tell = () =>
      void callFrame('setNavigationBarTitle', { title: document.title }, QUICK_MS).catch(() => undefined);
    const element = document.querySelector('title');
    if (element) new MutationObserver(tell).observe(element, { childList: true });
    tell();
  },
};
