export { NoticeDesk } from './application/notice-desk.js';
export { NoticesModule } from './notices.module.js';
