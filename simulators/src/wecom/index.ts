export * from './callback-crypto.js';
export { CallbackSender } from './callback-sender.js';
export { registerWecomControl } from './control.js';
export type { MessageContent, MessageSink, OutgoingMessage } from './message-sink.js';
export type { ContactWay, Member, Relation, WecomKnobs } from './model.js';
export { contactWayText } from './routes-contact-way.js';
export { cookieOf } from './routes-oauth.js';
export { createWecom, type WecomSim } from './simulator.js';
export { jsapiSignature } from './tokens.js';
