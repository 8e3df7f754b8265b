import { callFrame, inFrame, onFrameShow } from './bridge.h5';
import type { Place, Position, Scan, Wx } from './wx-types';

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
  call: async (phoneNumber) => {
    if (inFrame()) await callFrame('makePhoneCall', { phoneNumber });
    else window.location.href = `tel:${phoneNumber}`;
  },
  openContact: (userid) => callFrame('openContact', { userid }),
  setTitle: (title) => {
    document.title = title;
    if (inFrame()) void callFrame('setNavigationBarTitle', { title }, QUICK_MS).catch(() => undefined);
  },
  onShow: onFrameShow,
};
