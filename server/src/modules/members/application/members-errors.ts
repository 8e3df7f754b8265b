import { refusals } from '../../../platform/errors/app-error.js';

/** Refusals of this area. */
export const refuseMember = refusals({
  LOGIN_CODE: [401, '登录凭证失效了，请再试一次'],
  PHONE_CODE: [422, '没有取到手机号，请再授权一次'],
  PHONE_INVALID: [422, '这个手机号的格式不对'],
  WECHAT_BUSY: [503, '微信那边有点忙，请稍后再试'],
  PHONE_IN_USE: [409, '这个手机号已在另一个会员名下，我们会尽快核实；急用可以联系门店'],
  OWNER_OTHER: [403, '微信或手机号和这位会员的不一致，请用会员本人的微信操作，或者联系门店'],
  CONSENT_NEEDED: [422, '没有这项同意就不能保留会员账号；不再使用可以注销账号'],
  CONSENT_OLD: [409, '内容已更新，请看过最新的版本再选择'],
  MERGE_SELF: [422, '请选择两个不同的会员'],
  MERGE_BLOCKED: [409, '这两个会员不能合并'],
  UNMERGE_DONE: [409, '这次合并已经拆分过了'],
  UNMERGE_ORDER: [409, '保留的会员后来又被合并或已注销，请先处理那一次'],
  BIRTHDAY: [409, '生日一年只能改一次，填错了请联系门店'],
  NICKNAME: [422, '昵称里有不能用的字符'],
});
