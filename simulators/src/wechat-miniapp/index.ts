export { registerMiniappControl } from './control.js';
export { wxacodeText } from './routes-code.js';
export { confirmReceipt, type PaymentsPort } from './shipping.js';
export { createMiniapp, type KnownCode, type MiniappSim, type SubscribeMessage } from './simulator.js';
export { checkTemplateData } from './subscribe.js';
