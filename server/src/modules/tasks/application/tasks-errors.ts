import { refusals } from '../../../platform/errors/app-error.js';

export const refuseTask = refusals({
  TASK_INCOMPLETE: [422, '任务还没有填完整'],
  TASK_OVER: [409, '任务的结束日期已经过了，不能再发布'],
  ITEM_DONE: [409, '这位顾客今天已经发过了'],
});
