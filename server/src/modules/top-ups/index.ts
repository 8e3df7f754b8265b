export { TopUpDesk } from './application/top-up-desk.js';
export { TopUps } from './application/top-ups.js';
export { TopUpsModule } from './top-ups.module.js';
