import { Avatar } from 'antd';
import { Link, useParams } from 'react-router';
import { useIsHq } from '../../lib/me';
import { countText } from '../../lib/money';
import type { Guide } from '../../lib/types';
import { Card, PageFrame } from '../../ui/page';
import { Loaded } from '../../ui/states';
import { Status } from '../../ui/status';
import { useGuide, useGuideScore, useGuideWork } from './api';
import { CodeCard } from './components/code-card';
import { EndSessions } from './components/end-sessions';
import { SendsCard, TodayCard } from './components/work-cards';
import { GUIDE_STATUS, RECEIVER, ROLE, scoreText } from './model';

/** How many customers and how good the service: what a guide is to the store. */
function Figures({ guide }: { guide: Guide }) {
  const score = useGuideScore(guide.id).data;
  const figures = [
    { name: '微信好友', value: countText(guide.contactCount), note: '企业微信里的顾客' },
    { name: '专属会员', value: countText(guide.boundMemberCount), note: '绑定了这位导购' },
    { name: '今天还要联系', value: countText(guide.openTaskCount), note: '位顾客' },
    {
      name: '服务评分',
      value: score?.scoreHundredths == null ? '—' : scoreText(score.scoreHundredths),
      note: score ? `${score.sample} 条评价${score.isEnough ? '' : '，还不够算分'}` : '还没有评价',
    },
  ];
  return (
    <dl className="figures" style={{ margin: 0 }} data-testid="guide-figures">
      {figures.map((figure) => (
        <div key={figure.name} className="figure">
          <dt>{figure.name}</dt>
          <dd className="figure-value num">{figure.value}</dd>
          <div className="figure-note">{figure.note}</div>
        </div>
      ))}
    </dl>
  );
}

function Person({ guide }: { guide: Guide }) {
  const isHq = useIsHq();
  const work = useGuideWork(guide.id);
  const receiver = RECEIVER[guide.receiverState];
  return (
    <div
      className="grid"
      style={{ gridTemplateColumns: 'minmax(0, 1fr) 320px', alignItems: 'start' }}
      data-testid="guide-page"
    >
      <div className="stack">
        <Figures guide={guide} />
        <Loaded query={work} rows={8}>
          {(data) => (
            <>
              <TodayCard work={data} />
              <SendsCard sends={data.sends} />
            </>
          )}
        </Loaded>
      </div>
      <div className="stack">
        <CodeCard guide={guide} />
        <Card title="佣金收款" extra={<Status tone={receiver.tone}>{receiver.word}</Status>}>
          <p className="muted">{receiver.next}</p>
        </Card>
        {isHq ? (
          <Card title="登录">
            <div className="stack tight">
              <p className="muted">手机丢了、或者刚离职，可以让工作台和侧边栏马上退出。</p>
              <EndSessions guide={guide} />
            </div>
          </Card>
        ) : null}
      </div>
    </div>
  );
}

/** One guide: who, in which store, how many customers, what is done today, what came of it, the code and the money. */
export default function GuidePage() {
  const { id = '' } = useParams();
  const query = useGuide(id);
  const guide = query.data;
  return (
    <PageFrame
      back="/guides"
      title={
        guide ? (
          <span className="row">
            <Avatar src={guide.avatarUrl || undefined} size={28} style={{ background: '#5e8f98', flex: 'none' }}>
              {guide.name.slice(0, 1)}
            </Avatar>
            {guide.name}
          </span>
        ) : (
          '导购'
        )
      }
      hint={
        guide ? (
          <span className="row wrap">
            <Status tone={GUIDE_STATUS[guide.status].tone}>{GUIDE_STATUS[guide.status].word}</Status>
            <span>{ROLE[guide.role]}</span>
            <Link className="link" to={`/stores/${guide.storeId}`}>
              {guide.storeName}
            </Link>
            <span>
              企业微信账号 <span className="mono">{guide.wecomUserid}</span>
            </span>
          </span>
        ) : (
          ' '
        )
      }
    >
      <Loaded query={query} rows={12}>
        {(data) => <Person key={data.id} guide={data} />}
      </Loaded>
    </PageFrame>
  );
}
