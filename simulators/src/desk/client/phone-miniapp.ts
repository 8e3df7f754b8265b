/// <reference lib="dom" />
import { post } from './api.js';
import { h } from './dom.js';
import { icon } from './icons.js';
import { payFlow } from './phone-pay.js';
import { askLocation, askPhone, choosePlace, toast } from './phone-sheets.js';
import { askSubscribe, MOST_TEMPLATES, subscribeSettings } from './phone-subscribe.js';
import type { Phone } from './phone-types.js';

interface Call {
  shuke: string;
  id: string;
  api: string;
  args: Record<string, unknown>;
}

/** Refuses an API the way WeChat words it. */
class Refusal extends Error {}

/** The mini-program container: navigation bar, capsule, and the page in a frame with WeChat's API beside it. */
export class Miniapp {
  readonly element: HTMLElement;
  private readonly title = h('h1', {});
  private readonly host = h('div', { class: 'mini-host' });
  private readonly back = h(
    'button',
    { class: 'bar-side', type: 'button', 'aria-label': '返回', testid: 'miniapp-back' },
    icon('back', 26),
  );
  private frame: HTMLIFrameElement | undefined;
  private depth = 0;

  constructor(private readonly phone: Phone) {
    this.back.addEventListener('click', () => history.back());
    const capsule = h(
      'div',
      { class: 'capsule' },
      h(
        'button',
        { type: 'button', 'aria-label': '更多', testid: 'capsule-menu', onClick: () => this.relaunch() },
        h('i', { class: 'dots' }),
      ),
      h(
        'button',
        { type: 'button', 'aria-label': '关闭小程序', testid: 'capsule-close', onClick: () => this.hide() },
        h('i', { class: 'ring' }),
      ),
    );
    this.element = h(
      'div',
      { class: 'mini', testid: 'miniapp', hidden: '' },
      h('header', { class: 'mini-bar' }, this.back, this.title, capsule),
      this.host,
    );
    window.addEventListener('message', (event: MessageEvent<Call>) => void this.receive(event));
    // The page's steps share the window's history. This mark tells when the first page is reached again.
    history.pushState({ phone: true }, '');
    window.addEventListener('popstate', () => {
      history.pushState({ phone: true }, '');
      this.depth = history.length;
      this.back.hidden = true;
    });
  }

  /** Opens a page path with query; cards of WeCom carry `.html`, which WeChat takes off. */
  launch(path: string): void {
    const clean = path.replace(/^\//, '').replace(/\.html(?=$|\?)/, '') || 'pages/home/index';
    const base = this.phone.home.miniapp.h5Url.replace(/#.*$/, '');
    const url = `${base}${base.includes('?') ? '&' : '?'}as=${encodeURIComponent(this.phone.key)}#/${clean}`;
    this.element.hidden = false;
    // Opened again without a page, the mini-program is where it was left.
    if (this.frame && path === '') return;
    if (this.frame) {
      this.frame.src = url;
      const query = Object.fromEntries(new URLSearchParams(clean.split('?')[1] ?? ''));
      this.frame.contentWindow?.postMessage({ shuke: 'wx-event', type: 'show', path: clean.split('?')[0], query }, '*');
      return;
    }
    this.title.textContent = this.phone.home.miniapp.name;
    this.frame = document.createElement('iframe');
    this.frame.setAttribute('data-testid', 'miniapp-frame');
    this.frame.title = this.phone.home.miniapp.name;
    this.frame.allow = 'clipboard-write';
    this.frame.src = url;
    this.host.replaceChildren(this.frame);
    this.back.hidden = true;
    this.frame.addEventListener('load', () => {
      this.depth = history.length;
    });
    setInterval(() => {
      if (history.length > this.depth && this.depth > 0) this.back.hidden = false;
    }, 400);
  }

  hide(): void {
    this.element.hidden = true;
    void this.phone.refresh();
  }

  private relaunch(): void {
    if (!this.frame) return;
    const src = this.frame.src;
    this.frame.src = 'about:blank';
    setTimeout(() => {
      if (this.frame) this.frame.src = src;
    }, 30);
  }

  private async receive(event: MessageEvent<Call>): Promise<void> {
    const call = event.data;
    if (call?.shuke !== 'wx' || event.source !== this.frame?.contentWindow) return;
    const reply = (more: object): void => {
      this.frame?.contentWindow?.postMessage({ shuke: 'wx-reply', id: call.id, ...more }, '*');
    };
    try {
      reply({ ok: true, result: await this.perform(call.api, call.args ?? {}) });
    } catch (error) {
      const errMsg = error instanceof Refusal ? error.message : `${call.api}:fail ${(error as Error).message}`;
      reply({ ok: false, errMsg });
    }
  }

  private async perform(api: string, args: Record<string, unknown>): Promise<object> {
    const { phone } = this;
    switch (api) {
      case 'login':
        return post(`/desk/phone/${phone.key}/login`);
      case 'getPhoneNumber':
        if (!(await askPhone(phone))) throw new Refusal('getPhoneNumber:fail user deny');
        return post(`/desk/phone/${phone.key}/phone-code`);
      case 'getUserProfile':
        return { nickName: phone.home.me.nickname, avatarUrl: phone.home.me.avatar ?? '' };
      case 'requestPayment': {
        const failure = await payFlow(phone, args);
        if (failure) throw new Refusal(`requestPayment:fail ${failure}`);
        return {};
      }
      case 'scanCode':
        return this.scan();
      case 'getFuzzyLocation':
        return this.locate();
      case 'chooseLocation': {
        const place = await choosePlace(phone);
        if (!place) throw new Refusal('chooseLocation:fail cancel');
        return place;
      }
      case 'requestSubscribeMessage':
        return this.subscribe((args.tmplIds as string[]) ?? []);
      case 'getSetting':
        return { subscriptionsSetting: await subscribeSettings(phone) };
      case 'openContact':
        return { added: await phone.openGuide(String(args.userid ?? ''), args.configId as string | undefined) };
      default:
        return this.small(api, args);
    }
  }

  private small(api: string, args: Record<string, unknown>): object {
    if (api === 'makePhoneCall') toast(this.phone, `正在呼叫 ${String(args.phoneNumber ?? '')}`);
    else if (api === 'setNavigationBarTitle') this.title.textContent = String(args.title ?? '');
    else if (api === 'navigateBackHome') this.launch('pages/home/index');
    else throw new Refusal(`${api}:fail not supported`);
    return {};
  }

  private subscribe(ids: string[]): Promise<object> {
    if (ids.length === 0) throw new Refusal('requestSubscribeMessage:fail templateId is empty');
    if (ids.length > MOST_TEMPLATES)
      throw new Refusal('requestSubscribeMessage:fail Templates count out of max bounds');
    return askSubscribe(this.phone, ids);
  }

  private async scan(): Promise<object> {
    const text = await this.phone.openScan();
    if (!text) throw new Refusal('scanCode:fail cancel');
    const found = await post<{ kind: string; path?: string }>(`/desk/phone/${this.phone.key}/scan`, { text });
    return found.kind === 'miniapp'
      ? { result: text, path: found.path, scanType: 'WX_CODE' }
      : { result: text, scanType: 'QR_CODE' };
  }

  private async locate(): Promise<object> {
    const { me } = this.phone.home;
    const first = me.places?.[0];
    if (!first || !(await askLocation(this.phone, first))) throw new Refusal('getFuzzyLocation:fail auth deny');
    // Fuzzy means about a kilometre: two decimals.
    return { latitude: Math.round(first.latitude * 100) / 100, longitude: Math.round(first.longitude * 100) / 100 };
  }
}
