import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { api } from '../../data/api';
import { keys } from '../../data/queries';
import { Button } from '../../design/button';
import { Icon } from '../../design/icon';
import { Avatar } from '../../design/pictures';
import { Price } from '../../design/price';
import { BoneRows, ProblemPane } from '../../design/states';
import { Tabs } from '../../design/tabs';
import { SCHEMES, type Scheme, scheme, setScheme, setTypeSize, TYPE_SIZES, typeSize } from '../../platform/appearance';
import { browser } from '../../platform/browser';
import { forgetSession } from '../../session/session';
import './me.css';

const SCHEME_TEXT = { auto: '跟随系统', light: '浅色', dark: '深色' } as const;
const SIZE_TEXT = { normal: '标准', large: '大', huge: '特大' } as const;

function Settings() {
  const [nowScheme, showScheme] = useState<Scheme>(scheme);
  const [nowSize, showSize] = useState(typeSize);
  return (
    <section className="card settings">
      <h2>显示</h2>
      <Tabs
        label="外观"
        look="segment"
        idPrefix="scheme"
        items={SCHEMES.map((key) => ({ key, label: SCHEME_TEXT[key] }))}
        active={nowScheme}
        onChange={(key) => {
          setScheme(key);
          showScheme(key);
        }}
      />
      <Tabs
        label="字号"
        look="segment"
        idPrefix="type"
        items={TYPE_SIZES.map((key) => ({ key, label: SIZE_TEXT[key] }))}
        active={nowSize}
        onChange={(key) => {
          setTypeSize(key);
          showSize(key);
        }}
      />
    </section>
  );
}

function LogOut({ isBlock = false }: { isBlock?: boolean }) {
  const leave = () => {
    forgetSession();
    browser.reload();
  };
  return (
    <Button look="plain" isBlock={isBlock} onClick={leave} data-testid="log-out">
      重新登录
    </Button>
  );
}

/** Who I am, my card, my day and month, and how the app looks. */
export function MePage() {
  const query = useQuery({ queryKey: keys.me, queryFn: () => api.guide.me(), refetchOnWindowFocus: true });
  if (!query.data) {
    return query.isError ? (
      <ProblemPane error={query.error} onRetry={() => void query.refetch()} action={<LogOut />} />
    ) : (
      <BoneRows />
    );
  }
  const { guide, role, today, month } = query.data;
  return (
    <div data-testid="me-page">
      <section className="card">
        <div className="row g12">
          <Avatar url={guide.avatarUrl} name={guide.name} size={56} />
          <div className="grow">
            <h1 className="row g8">
              <span className="ellipsis">{guide.name}</span>
              {role === 'MANAGER' ? <span className="chip chip-amber">店长</span> : null}
            </h1>
            <p className="weak ellipsis">
              {guide.storeName} · {guide.title}
            </p>
          </div>
        </div>
        {guide.qrUrl ? (
          <figure className="my-code">
            <img src={guide.qrUrl} alt="我的名片二维码" width={168} height={168} />
            <figcaption className="weak">给客人扫一扫：加好友、成为会员、成为你的专属客户</figcaption>
          </figure>
        ) : null}
      </section>
      <section className="card numbers">
        <h2>今天</h2>
        <dl>
          <div>
            <dt>任务</dt>
            <dd className="num">
              {today.taskDone}/{today.taskTotal}
            </dd>
          </div>
          <div>
            <dt>成交</dt>
            <dd className="num">{today.orderCount} 单</dd>
          </div>
          <div>
            <dt>成交额</dt>
            <dd>
              <Price fen={today.orderFen} />
            </dd>
          </div>
          <div>
            <dt>应得</dt>
            <dd>
              <Price fen={today.entitledFen} />
            </dd>
          </div>
        </dl>
        <h2>本月</h2>
        <dl>
          <div>
            <dt>成交</dt>
            <dd className="num">{month.orderCount} 单</dd>
          </div>
          <div>
            <dt>成交额</dt>
            <dd>
              <Price fen={month.orderFen} />
            </dd>
          </div>
          <div>
            <dt>应得</dt>
            <dd>
              <Price fen={month.entitledFen} />
            </dd>
          </div>
        </dl>
      </section>
      <nav className="card me-links" aria-label="店里的事">
        <Link className="row g8" to="/reviews" data-testid="to-reviews">
          <Icon name="star" />
          <span className="grow">评价与低分回访</span>
          <Icon name="next" />
        </Link>
        <Link className="row g8" to="/after-sales" data-testid="me-after-sales">
          <Icon name="undo" />
          <span className="grow">售后</span>
          <Icon name="next" />
        </Link>
      </nav>
      <Settings />
      <LogOut isBlock />
    </div>
  );
}
