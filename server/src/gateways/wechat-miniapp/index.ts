export { MINIAPP_ERRORS, MiniappError, type MiniappErrorKind, miniappErrorKind } from './miniapp-error.js';
export { type MiniappEvent, MiniappPush, type OpenedPush, type PushQuery } from './push.js';
export type { LogisticsKind, Parcel, ShippingBody, ShippingInput, ShippingOrderKey } from './shipping.js';
export { buildShippingInfo } from './shipping.js';
export { fitSubscribeField } from './subscribe-fields.js';
export type { SubscribeTemplate } from './subscribe-templates.js';
export type { MiniappConfig } from './wechat-miniapp.config.js';
export type { CodeInput, ContentScene, LoginIdentity, SubscribeInput } from './wechat-miniapp.gateway.js';
export { SUBSCRIBE_SEND_PATH, WechatMiniappGateway } from './wechat-miniapp.gateway.js';
