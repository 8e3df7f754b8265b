export { GuidePack } from './application/guide-pack.js';
export { MorningDispatch } from './application/morning-dispatch.js';
export { Sends, type SendWish } from './application/sends.js';
export { TaskDesk } from './application/task-desk.js';
export { TasksModule } from './tasks.module.js';
