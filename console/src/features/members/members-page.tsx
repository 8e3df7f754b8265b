import { Button } from 'antd';
import { useState } from 'react';
import { PageFrame } from '../../ui/page';
import { Tabs, useTab } from '../../ui/tabs';
import { AnomalyList } from './components/anomaly-list';
import { AvatarList } from './components/avatar-list';
import { CandidateList } from './components/candidate-list';
import { GuideChangeList } from './components/guide-change-list';
import { MemberList } from './components/member-list';
import { MergeList } from './components/merge-list';
import { PolicyDrawer } from './components/policy-drawer';
import { SessionsDrawer } from './components/sessions-drawer';
import { SharedPhoneList } from './components/shared-phone-list';

const TABS = [
  { value: 'find', label: '找会员' },
  { value: 'queue', label: '待合并' },
  { value: 'merges', label: '合并记录' },
  { value: 'anomalies', label: '异常日报' },
  { value: 'guides', label: '换导购' },
  { value: 'avatars', label: '头像审核' },
  { value: 'phones', label: '公用手机号' },
];

/** Who our members are, and which records are one person. */
export default function MembersPage() {
  const [tab, setTab] = useTab(TABS);
  const [drawer, setDrawer] = useState<'policy' | 'sessions' | null>(null);
  return (
    <PageFrame
      title="会员"
      hint="用任何一个号码都能找到人；把同一个人的几份档案合成一份，随时可以拆回来。"
      actions={
        <>
          <Button onClick={() => setDrawer('sessions')} data-testid="sessions-open">
            登录管理
          </Button>
          <Button onClick={() => setDrawer('policy')} data-testid="policy-open">
            会员规则
          </Button>
        </>
      }
    >
      <Tabs tabs={TABS} value={tab} onChange={setTab} testId="members-tab" />
      {tab === 'find' ? <MemberList /> : null}
      {tab === 'queue' ? <CandidateList /> : null}
      {tab === 'merges' ? <MergeList /> : null}
      {tab === 'anomalies' ? <AnomalyList /> : null}
      {tab === 'guides' ? <GuideChangeList /> : null}
      {tab === 'avatars' ? <AvatarList /> : null}
      {tab === 'phones' ? <SharedPhoneList /> : null}
      <PolicyDrawer isOpen={drawer === 'policy'} onClose={() => setDrawer(null)} />
      <SessionsDrawer isOpen={drawer === 'sessions'} onClose={() => setDrawer(null)} />
    </PageFrame>
  );
}
