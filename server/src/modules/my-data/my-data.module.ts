import { Module, type OnModuleInit } from '@nestjs/common';
import { registerInvariants } from '../../platform/invariants/invariant.js';
import { GuidesModule } from '../guides/index.js';
import { MembersModule } from '../members/index.js';
import { MemberAssets, MemberMovers, rowAsset, rowMover } from '../one-id/index.js';
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
    MemberAssets.register(
      'my-data.guide-changes',
      rowAsset({
        table: 'guide_change',
        list: '更换导购申请',
        by: 'id',
        columns: { reason: '原因', state: '结果', note: '答复', at: '时间', decided_at: '处理时间' },
        onLeave: 'DELETE',
      }),
    );
    MemberAssets.register(
      'my-data.accesses',
      rowAsset({
        table: 'data_access',
        list: '谁看过我',
        by: 'id',
        columns: { who: '谁', what: '看了什么', times: '次数', at: '最近一次' },
        onLeave: 'DELETE',
      }),
    );
    MemberAssets.register(
      'my-data.exports',
      rowAsset({
        table: 'data_export',
        list: '导出记录',
        by: 'id',
        columns: { at: '时间', expires_at: '有效期至' },
        onLeave: 'DELETE',
      }),
    );
  }
}
