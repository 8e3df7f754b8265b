import type { MiniappSim } from '../wechat-miniapp/index.js';
import { contactWayText, type WecomSim } from '../wecom/index.js';

export interface CodeEntry {
  text: string;
  kind: 'contact' | 'wxacode';
  name: string;
  detail: string;
}

export type ScanResult =
  | { kind: 'miniapp'; path: string; text: string }
  | { kind: 'contact'; userid: string; configId: string; text: string }
  | { kind: 'text'; text: string };

/** Every code that hangs somewhere in the simulated world: guides' contact codes and mini-program codes. */
export function listCodes(wecom: WecomSim, miniapp: MiniappSim): CodeEntry[] {
  const contacts = Object.values(wecom.book.state.contactWays).map((way): CodeEntry => {
    const names = way.users.map((userid) => wecom.book.member(userid)?.name ?? userid).join('、');
    return {
      text: contactWayText(way.configId),
      kind: 'contact',
      name: `${names} 的企业微信`,
      detail: way.remark || way.state || '联系我二维码',
    };
  });
  const pages = miniapp.state.codes.map((code): CodeEntry => {
    const guide = code.page.includes('guide-card');
    return {
      text: code.text,
      kind: 'wxacode',
      name: guide ? '导购名片码' : '小程序码',
      detail: `${code.page} · ${code.scene}`,
    };
  });
  return [...pages.reverse(), ...contacts.reverse()];
}

/** WeCom cards carry the page with `.html`; the phone opens the page itself. */
export function plainPage(page: string): string {
  return page.replace(/^\//, '').replace(/\.html(?=$|\?|#)/, '');
}

/** What happens when this text is scanned. */
export function resolveScan(wecom: WecomSim, miniapp: MiniappSim, text: string): ScanResult {
  const trimmed = text.trim();
  const code = /^wxacode:([^:]+):([^?]+)\?scene=(.*)$/.exec(trimmed);
  if (code) return { kind: 'miniapp', path: `${code[2]}?scene=${code[3]}`, text: trimmed };
  const contact = /\/ca\/([0-9a-f]{32})$/.exec(trimmed) ?? /contact_way\/([0-9a-f]{32})\.png$/.exec(trimmed);
  const way = contact?.[1] ? wecom.book.contactWay(contact[1]) : undefined;
  if (way) {
    // A code of several members hands the consumer to one of them; the simulator takes the least busy one.
    const userid = [...way.users].sort(
      (a, b) => wecom.book.relationsOf(a).length - wecom.book.relationsOf(b).length,
    )[0];
    if (userid) return { kind: 'contact', userid, configId: way.configId, text: trimmed };
  }
  const link = /(?:\/sim\/link\/|weixin:\/\/dl\/business\/\?t=)([\w-]+)$/.exec(trimmed);
  const target = link?.[1] ? miniapp.state.links[link[1]] : undefined;
  if (target)
    return { kind: 'miniapp', path: target.query ? `${target.path}?${target.query}` : target.path, text: trimmed };
  if (/^\/?pages\//.test(trimmed)) return { kind: 'miniapp', path: plainPage(trimmed), text: trimmed };
  return { kind: 'text', text: trimmed };
}
