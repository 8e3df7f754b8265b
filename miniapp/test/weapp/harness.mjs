// Runs pages of the built mini-program without DevTools: WeChat's own wxml compiler and component engine (through
// miniprogram-simulate) and Taro's own runtime out of dist. What real mini-program JavaScript lacks is taken away.
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { answer } from '../fixtures/mall.mjs';

const require = createRequire(import.meta.url);
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../dist/weapp');
const MISSING = [
  'fetch',
  'Request',
  'Response',
  'Headers',
  'FormData',
  'XMLHttpRequest',
  'AbortController',
  'URL',
  'URLSearchParams',
  'localStorage',
  'WebSocket',
  'Blob',
];

function takeAway(WebUrl) {
  for (const name of MISSING) {
    try {
      delete globalThis[name];
    } catch {
      globalThis[name] = undefined;
    }
  }
  return WebUrl;
}

/** Answers wx.request from the fixtures; `overrides` as in fixtures/mall.mjs. Returns what was asked. */
function fakeServer(wx, WebUrl, overrides) {
  const sent = [];
  wx.request = (call) => {
    const body = call.data ? JSON.parse(call.data) : undefined;
    sent.push({
      method: call.method,
      path: call.url.replace(/^https?:\/\/[^/]+\/api\/m/, ''),
      body,
      header: call.header,
    });
    globalThis.URL = WebUrl;
    const data = JSON.stringify(answer(call.method, call.url, body, overrides));
    globalThis.URL = undefined;
    setTimeout(() => call.success({ statusCode: 200, header: { 'Content-Type': 'application/json' }, data }), 5);
    return { abort() {} };
  };
  return sent;
}

function fakeWechat(wx) {
  const calls = [];
  const say = (name, result = {}) => {
    wx[name] = (args = {}) => {
      calls.push({ name, args });
      args.success?.({ errMsg: `${name}:ok`, ...result });
      args.complete?.({ errMsg: `${name}:ok`, ...result });
      return Promise.resolve({ errMsg: `${name}:ok`, ...result });
    };
  };
  say('login', { code: 'wx-code' });
  say('getFuzzyLocation', { latitude: 30.25, longitude: 120.16 });
  for (const name of [
    'navigateTo',
    'redirectTo',
    'switchTab',
    'showToast',
    'setTabBarBadge',
    'removeTabBarBadge',
    'setNavigationBarTitle',
  ])
    say(name);
  const kept = new Map();
  wx.getStorageSync = (key) => kept.get(key) ?? '';
  wx.setStorageSync = (key, value) => kept.set(key, value);
  wx.removeStorageSync = (key) => kept.delete(key);
  return calls;
}

function shimPage() {
  const pages = [];
  const state = { app: undefined, query: {}, route: '' };
  globalThis.App = (config) => {
    state.app = config;
  };
  globalThis.getApp = () => state.app;
  globalThis.getCurrentPages = () => pages;
  const asComponent = globalThis.Component;
  globalThis.Page = (config) => {
    const methods = Object.fromEntries(Object.entries(config).filter(([, value]) => typeof value === 'function'));
    asComponent({
      data: config.data ?? {},
      methods,
      attached() {
        this.route = state.route;
        pages.push(this);
        this.onLoad?.(state.query);
        this.onShow?.();
        this.onReady?.();
      },
      detached() {
        this.onUnload?.();
      },
    });
  };
  return { pages, state };
}

/** Waits up to two seconds for something to become true. */
export async function until(isTrue, what, says = () => '') {
  for (let left = 100; left > 0; left -= 1) {
    if (isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`waited in vain for ${what}; the page says: ${says().slice(0, 600)}`);
}

/** Starts the app as WeChat would, with a launch query. */
export function boot({ query = {}, overrides = {} } = {}) {
  const { JSDOM } = require('jsdom');
  const dom = new JSDOM('<!doctype html><html><body></body></html>', {
    url: 'https://weapp.test/',
    pretendToBeVisual: true,
  });
  globalThis.window = dom.window;
  globalThis.document = dom.window.document;
  for (const name of ['Event', 'CustomEvent', 'HTMLElement', 'Node', 'requestAnimationFrame', 'cancelAnimationFrame'])
    globalThis[name] = dom.window[name];
  const simulate = require('miniprogram-simulate');
  const WebUrl = takeAway(globalThis.URL);
  const { pages, state } = shimPage();
  const { wx } = globalThis;
  const selectorQuery = wx.createSelectorQuery;
  wx.createSelectorQuery = () => selectorQuery().in(pages.at(-1));
  const calls = fakeWechat(wx);
  const sent = fakeServer(wx, WebUrl, overrides);
  require(path.join(root, 'app.js'));
  state.app.onLaunch?.({ path: '', query });
  state.app.onShow?.({ path: '', query });

  const open = (route, pageQuery = {}) => {
    state.route = route;
    state.query = pageQuery;
    const id = simulate.load(path.join(root, route), { rootPath: root, compiler: 'official' });
    const component = simulate.render(id);
    const parent = document.createElement('div');
    document.body.appendChild(parent);
    component.attach(parent);
    const text = () => parent.textContent.replace(/\s+/g, ' ');
    return {
      text,
      count: (selector) => component.querySelectorAll(selector).length,
      tap(selector, words) {
        const all = component.querySelectorAll(selector);
        const found = words ? all.find((one) => one.dom.textContent.includes(words)) : all[0];
        if (!found) throw new Error(`nothing to tap: ${selector} ${words ?? ''}`);
        found.dispatchEvent('tap');
      },
      until: (isTrue, what) => until(isTrue, what, text),
    };
  };
  return { open, sent, calls };
}
