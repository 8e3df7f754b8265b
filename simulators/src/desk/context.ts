import type { SimCore } from '../core/index.js';
import type { MiniappSim } from '../wechat-miniapp/index.js';
import type { WecomSim } from '../wecom/index.js';
import type { Cashier } from './cashier.js';
import type { ChatStore } from './chat-store.js';

/** What the desk's routes work with. */
export interface Desk {
  core: SimCore;
  wecom: WecomSim;
  miniapp: MiniappSim;
  cashier: Cashier;
  chats: ChatStore;
  appOrigin: string;
  /** Origin of the WeCom client browser; known once it listens. */
  browserOrigin: () => string;
}

/** Pictures of the world file may be paths of the app server. */
export function absolute(desk: Desk, url: string | undefined): string | undefined {
  if (!url) return undefined;
  return url.startsWith('/') ? desk.appOrigin + url : url;
}
