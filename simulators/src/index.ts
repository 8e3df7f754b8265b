import Fastify from 'fastify';
import { createCore, registerControl, type SimClock, type SimCore, type World } from './core/index.js';
import { Cashier, ChatStore, type Desk, installDesk, paymentsPort } from './desk/index.js';
import { createMiniapp, type MiniappSim } from './wechat-miniapp/index.js';
import { type RunningPay, registerPayControl, startPay } from './wechat-pay/index.js';
import { callbackSignature, createWecom, encryptCallback, type WecomSim } from './wecom/index.js';

/** Ports on loopback; 0 takes any free one. */
export interface SimPorts {
  pay: number;
  miniapp: number;
  wecom: number;
  desk: number;
  browser: number;
}

export interface SimOptions {
  /** Where the app server listens. */
  appOrigin?: string;
  /** Folder that keeps state across restarts; nothing is kept when absent. */
  stateDir?: string;
}

/** Addresses without a trailing slash; a simulator that is not running has none. */
export interface SimUrls {
  pay: string;
  miniapp: string;
  wecom: string;
  desk: string;
  browser: string;
}

export interface Simulators {
  core: SimCore;
  clock: SimClock;
  urls: SimUrls;
  pay: RunningPay;
  wecom: WecomSim;
  miniapp: MiniappSim;
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';

/**
 * Starts all simulators of one world in this process.
 *
 * @param world who exists, with keys and addresses
 * @param ports one port for each simulator, 0 for any free one
 * @returns the shared clock, the addresses, and `stop`
 */
export async function startSimulators(world: World, ports: SimPorts, options: SimOptions = {}): Promise<Simulators> {
  const core = createCore(world, options.stateDir);
  const desk = Fastify({ forceCloseConnections: true });
  registerControl(desk, core);

  const pay = await startPay(core, ports.pay);
  registerPayControl(desk, pay.sim);

  const chats = new ChatStore(core);
  const wecom = createWecom(core, chats);
  const miniapp = createMiniapp(core, { encrypt: encryptCallback, sign: callbackSignature }, paymentsPort(pay.sim));
  const urls: SimUrls = { pay: pay.url, miniapp: '', wecom: '', desk: '', browser: '' };
  urls.wecom = await wecom.listen(ports.wecom);
  urls.miniapp = await miniapp.listen(ports.miniapp);

  const scene: Desk = {
    core,
    wecom,
    miniapp,
    cashier: new Cashier(pay.sim),
    chats,
    appOrigin: options.appOrigin ?? 'http://127.0.0.1:7300',
    browserOrigin: () => urls.browser,
  };
  miniapp.phoneUrl = (path) => `${urls.desk}/phone?open=${encodeURIComponent(path)}`;
  const { browser } = installDesk(desk, scene);
  urls.browser = await browser.listen(ports.browser);
  urls.desk = await desk.listen({ host: HOST, port: ports.desk });

  const stop = async () => {
    core.state.flush();
    core.clock.stop();
    await Promise.all([desk.close(), pay.stop(), wecom.close(), miniapp.close(), browser.close()]);
  };
  return { core, clock: core.clock, urls, pay, wecom, miniapp, stop };
}

export { createCore, loadWorld, type World } from './core/index.js';
