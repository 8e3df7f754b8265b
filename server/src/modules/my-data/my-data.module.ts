import { Module, type OnModuleInit } from '@nestjs/common';
import { registerInvariants } from '../../platform/invariants/invariant.js';
import { GuidesModule } from '../guides/index.js';
import { MembersModule } from '../members/index.js';
import { MemberMovers, rowMover } from '../one-id/index.js';
import { OrganizationModule } from '../organization/index.js';
import { TagsModule } from '../tags/index.js';
import { ChangeGuide } from './application/change-guide.js';
import { ExportData } from './application/export-data.js';
import { Leave } from './application/leave.js';
import { MyDataPage } from './application/my-data-page.js';
import { GuideChangesController } from './http/guide-changes.controller.js';
import { MallMyDataController } from './http/mall-my-data.controller.js';
import { myDataInvariants } from './my-data.invariants.js';

@Module({
  imports: [OrganizationModule, GuidesModule, MembersModule, TagsModule],
  controllers: [MallMyDataController, GuideChangesController],
  providers: [ChangeGuide, ExportData, Leave, MyDataPage],
})
export class MyDataModule implements OnModuleInit {
  onModuleInit(): void {
    registerInvariants(myDataInvariants);
    MemberMovers.register(
      'my-data.guide-changes',
      rowMover({ subject: 'guide_change', title: '更换导购申请', unit: '个', table: 'guide_change', key: ['id'] }),
    );
    MemberMovers.register(
      'my-data.accesses',
      rowMover({
        subject: 'access',
        title: '查看记录',
        unit: '条',
        table: 'data_access',
        key: ['id'],
        onePer: ['viewer', 'what', 'day'],
        isShown: false,
      }),
    );
    MemberMovers.register(
      'my-data.exports',
      rowMover({
        subject: 'export',
        title: '导出记录',
        unit: '条',
        table: 'data_export',
        key: ['id'],
        isShown: false,
      }),
    );
  }
}
