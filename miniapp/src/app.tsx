import Taro, { useDidHide, useDidShow, useLaunch } from '@tarojs/taro';
import type { PropsWithChildren } from 'react';
import { wx } from '@/platform/wx';
import { loadBrand } from '@/session/brand';
import { forgetChoice, resolveStore } from '@/session/current-store';
import { startSession } from '@/session/session';
import { flushEvents, track } from '@/session/tracker';
import { enterVisit, visit } from '@/session/visit';
import './app.scss';

const LOGIN_PATIENCE_MS = 2_500;

/** A slow login must not hold up the shop window; who is still a guest by then browses as one. */
const patiently = (login: Promise<boolean>): Promise<unknown> =>
  Promise.race([login, new Promise((resolve) => setTimeout(resolve, LOGIN_PATIENCE_MS))]);

function shown(query: Record<string, string>): void {
  if (!enterVisit(query)) return;
  forgetChoice();
  if (visit.get().sendId || query.g) track('SHARE_OPEN');
  void resolveStore();
}

/**
 * A card tapped while its own page is open (another product, say) changes only the query, which the browser's router takes
 * for the same page: it is opened anew.
 */
function reopen(query: Record<string, string>, path: string | undefined): void {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  if (path && path === (Taro.getCurrentInstance().router?.path ?? '').split('?')[0]?.replace(/^\//, ''))
    void Taro.reLaunch({ url: `/${path}?${pairs.join('&')}` });
}

/** The hash router of the browser build gives the page's own query only to the page, so the launch reads the address. */
function launchQuery(query: Record<string, string> | undefined): Record<string, string> {
  if (process.env.TARO_ENV !== 'h5') return query ?? {};
  const pairs = (window.location.hash.split('?')[1] ?? '').split('&').filter(Boolean);
  const fromHash = pairs.map((pair) => {
    const [name = '', value = ''] = pair.split('=');
    return [name, decodeURIComponent(value)];
  });
  return { ...query, ...Object.fromEntries(fromHash) };
}

export default function App({ children }: PropsWithChildren) {
  useLaunch((options) => {
    enterVisit(launchQuery(options?.query as Record<string, string> | undefined));
    if (visit.get().sendId || visit.get().guideCode) track('SHARE_OPEN');
    void loadBrand();
    void patiently(startSession()).then(resolveStore);
    wx.mirrorTitle();
    wx.onShow((query, path) => {
      shown(query);
      reopen(query, path);
    });
  });
  useDidShow((options) => {
    if (process.env.TARO_ENV === 'weapp') shown((options?.query ?? {}) as Record<string, string>);
  });
  useDidHide(() => void flushEvents());
  return children;
}
