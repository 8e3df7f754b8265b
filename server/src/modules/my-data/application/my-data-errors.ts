import { refusals } from '../../../platform/errors/app-error.js';

/** Refusals of this area. */
export const refuseData = refusals({
  CHANGE_OPEN: [409, '你已经有一个更换导购的申请在处理'],
  CHANGE_DECIDED: [409, '这个申请已经处理过了，请刷新看看结果'],
  CHANGE_GUIDE: [422, '请选择一位在职的导购'],
  LEAVE_BLOCKED: [409, '还有事情没有办完，暂时不能注销'],
  LEAVE_CHANGED: [409, '你的账户刚刚有变化，请重新确认'],
  LEAVE_CONFIRM: [422, '请先确认会失去的内容'],
  EXPORT_GONE: [404, '链接已失效，请重新导出'],
});
