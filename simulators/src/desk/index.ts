export type { Bridge, BridgeCall, ClientSeat } from './bridge.js';
export { Cashier, paymentsPort } from './cashier.js';
export { ChatStore } from './chat-store.js';
export { ClientBrowser } from './client-browser.js';
export type { Desk } from './context.js';
export { installDesk } from './desk.js';
