export { registerMiniappControl } from './control.js';
export type { KnownCode, PaymentsPort, SubscribeMessage } from './platform.js';
export { wxacodeText } from './routes-code.js';
export { confirmReceipt } from './shipping.js';
export { createMiniapp, type MiniappSim } from './simulator.js';
export { checkTemplateData } from './subscribe.js';
