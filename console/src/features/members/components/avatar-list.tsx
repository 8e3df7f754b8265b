import { Space } from 'antd';
import { api } from '../../../lib/api';
import { exactText } from '../../../lib/time';
import { useUrlFilters } from '../../../lib/url-state';
import { YesFilter } from '../../../ui/filters';
import { ListCard } from '../../../ui/list-card';
import type { Column } from '../../../ui/list-table';
import { ReasonButton } from '../../../ui/reason-button';
import { Empty } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { TwoFacts } from '../../../ui/two-facts';
import { When } from '../../../ui/when';
import { type Avatar, useAvatars, useRefreshPeople } from '../api';
import { PersonCell } from './person-cell';

const FACE_PX = 72;

function Decide({ row }: { row: Avatar }) {
  const refresh = useRefreshPeople();
  const decide = (isPassed: boolean, note: string) =>
    refresh(api.console.decideAvatar({ params: { id: row.id }, body: { isPassed, note } }));
  if (row.decision)
    return (
      <>
        <Status tone={row.decision.isPassed ? 'good' : 'off'}>{row.decision.isPassed ? '通过' : '没有通过'}</Status>
        <div className="small">{row.decision.note}</div>
        <div className="muted small">
          {row.decision.byName} · <When at={row.decision.at} />
        </div>
      </>
    );
  return (
    <Space>
      <ReasonButton
        type="primary"
        title="通过这张头像？"
        description="通过以后，导购和一起拼团的人都会看到。"
        okText="通过"
        max={200}
        run={(note) => decide(true, note)}
        testId="avatar-pass"
      >
        通过
      </ReasonButton>
      <ReasonButton
        danger
        title="不通过这张头像？"
        description="会员继续用原来的头像，小程序会请他换一张。这里写的原因只有总部看得到。"
        okText="不通过"
        max={200}
        run={(note) => decide(false, note)}
        testId="avatar-refuse"
      >
        不通过
      </ReasonButton>
    </Space>
  );
}

const resultOf = ({ decision }: Avatar) => (decision ? (decision.isPassed ? '通过' : '没有通过') : '等人看');

const COLUMNS: Column<Avatar>[] = [
  {
    key: 'picture',
    title: '新头像',
    width: 104,
    isFixed: true,
    render: (row) => (
      <a href={row.url} target="_blank" rel="noreferrer" title="看大图">
        <img
          src={row.url}
          alt={`${row.member.nickname}的新头像`}
          width={FACE_PX}
          height={FACE_PX}
          style={{ borderRadius: 6, objectFit: 'cover', display: 'block' }}
        />
      </a>
    ),
  },
  {
    key: 'member',
    title: '会员和现在的头像',
    width: 220,
    render: (row) => <PersonCell person={row.member} />,
    text: (row) => `${row.member.memberNo} ${row.member.nickname}`,
  },
  {
    key: 'why',
    title: '为什么要人看',
    width: 240,
    render: (row) => (
      <TwoFacts
        first={row.why}
        second={
          <>
            <When at={row.sentAt} /> 送来
          </>
        }
      />
    ),
    text: (row) => row.why,
    beneath: [{ title: '送来', text: (row) => exactText(row.sentAt) }],
  },
  {
    key: 'decide',
    title: '处理',
    width: 260,
    render: (row) => <Decide row={row} />,
    text: resultOf,
    beneath: [
      { title: '原因', text: (row) => row.decision?.note ?? '' },
      { title: '处理人', text: (row) => row.decision?.byName ?? '' },
      { title: '处理时间', text: (row) => (row.decision ? exactText(row.decision.at) : '') },
    ],
  },
];

/** Pictures that members sent of themselves and the platform could not decide about; a person does. */
export function AvatarList() {
  const [filters, setFilters] = useUrlFilters(['decided']);
  const isDecided = filters.decided === '1';
  const avatars = useAvatars(isDecided);
  return (
    <ListCard
      name="avatars"
      title="头像审核"
      pages={avatars}
      columns={COLUMNS}
      rowKey={(row) => row.id}
      rowTestId="avatar-row"
      filters={<YesFilter label="看处理过的" value={filters.decided} onChange={(decided) => setFilters({ decided })} />}
      empty={
        isDecided ? (
          <Empty title="还没有处理过" hint="通过或没有通过的头像，会连同原因留在这里。" />
        ) : (
          <Empty title="没有要看的头像" hint="会员换头像先由平台检查，平台拿不准的才到这里。" />
        )
      }
    />
  );
}
