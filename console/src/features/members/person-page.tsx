import { Alert, Button } from 'antd';
import { Link, useParams } from 'react-router';
import { PageFrame } from '../../ui/page';
import { Loaded } from '../../ui/states';
import { Status } from '../../ui/status';
import { Tabs, useTab } from '../../ui/tabs';
import { type MemberDetail, useMember } from './api';
import { AssetsTab } from './components/assets-tab';
import { PersonFacts } from './components/person-facts';
import { PersonOrders, Timeline } from './components/person-history';
import { PersonMerges } from './components/person-merges';
import { MEMBER_STATUS, MEMBER_TONE } from './model';

const TABS = [
  { value: 'facts', label: '身份与授权' },
  { value: 'assets', label: '资产' },
  { value: 'orders', label: '全渠道订单' },
  { value: 'merges', label: '合并' },
  { value: 'timeline', label: '经过' },
];

function Person({ detail, id }: { detail: MemberDetail; id: string }) {
  const [tab, setTab] = useTab(TABS);
  const { person } = detail;
  return (
    <PageFrame
      back="/members"
      title={person.profile.nickname}
      hint={
        <span className="row wrap">
          <Status tone={MEMBER_TONE[person.status]}>{MEMBER_STATUS[person.status]}</Status>
          <span className="num">{person.profile.memberNo}</span>
          <span>{person.profile.levelName}</span>
          <span className="num">{person.profile.phoneMasked ?? '没有手机号'}</span>
          <span>{person.guideName ? `专属导购 ${person.guideName}` : '没有专属导购'}</span>
        </span>
      }
      actions={
        person.status === 'ACTIVE' ? (
          <Button href={`#/members/compare?into=${id}`} data-testid="member-merge">
            把另一份档案并进来
          </Button>
        ) : null
      }
    >
      {detail.mergedInto ? (
        <Alert
          type="info"
          showIcon
          style={{ marginBottom: 12 }}
          title="这份档案已并入另一位会员"
          description={<Link to={`/members/${detail.mergedInto.id}`}>去看「{detail.mergedInto.nickname}」</Link>}
        />
      ) : null}
      <Tabs tabs={TABS} value={tab} onChange={setTab} testId="member-tab" />
      {tab === 'facts' ? <PersonFacts detail={detail} /> : null}
      {tab === 'assets' ? <AssetsTab id={id} /> : null}
      {tab === 'orders' ? <PersonOrders id={id} /> : null}
      {tab === 'merges' ? <PersonMerges detail={detail} /> : null}
      {tab === 'timeline' ? <Timeline id={id} /> : null}
    </PageFrame>
  );
}

/** Everything headquarters may know of one member. */
export default function PersonPage() {
  const { id = '' } = useParams();
  const member = useMember(id);
  return (
    <Loaded query={member} rows={12}>
      {(detail) => <Person key={id} detail={detail} id={id} />}
    </Loaded>
  );
}
