import { Module, type OnModuleInit } from '@nestjs/common';
import { registerInvariants } from '../../platform/invariants/invariant.js';
import { AssetsModule } from '../assets/index.js';
import { CatalogModule } from '../catalog/index.js';
import { OrdersModule } from '../orders/index.js';
import { OrganizationModule } from '../organization/index.js';
import { MyNotices } from './application/my-notices.js';
import { NoticeBook } from './application/notice-book.js';
import { NoticeDesk } from './application/notice-desk.js';
import { NoticeWords } from './application/notice-words.js';
import { RemindOfPickups } from './application/remind-of-pickups.js';
import { SendNotices } from './application/send-notices.js';
import { TakeEvents } from './application/take-events.js';
import { ConsoleNoticesController, MallNoticesController } from './http/notices.controllers.js';
import { noticeInvariants } from './notices.invariants.js';
import { registerNoticeRows } from './persistence/member-rows.js';

@Module({
  imports: [OrganizationModule, CatalogModule, OrdersModule, AssetsModule],
  controllers: [MallNoticesController, ConsoleNoticesController],
  providers: [NoticeBook, TakeEvents, RemindOfPickups, NoticeWords, SendNotices, MyNotices, NoticeDesk],
  exports: [NoticeDesk],
})
export class NoticesModule implements OnModuleInit {
  onModuleInit(): void {
    registerInvariants(noticeInvariants);
    registerNoticeRows();
  }
}
