import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../data/api';
import { keys } from '../../data/queries';
import type { MorningPack, PackItem } from '../../data/types';
import { dayText, greeting } from '../../data/words';
import { isOpenItem } from '../../design/item-state';
import { Price } from '../../design/price';
import { Bone, BoneRows, Empty, ProblemPane } from '../../design/states';
import { clock } from '../../platform/clock';
import { loadSession } from '../../session/session';
import { ItemRow } from './item-row';
import { NextItem } from './next-item';
import { Ring } from './ring';
import { SkipSheet } from './skip-sheet';
import { StoreWork } from './store-work';
import './today.css';

/** While the page is in view, "opened" and "ordered" come in by themselves. */
const LIVE_MS = 20_000;

function Summary({ pack }: { pack: MorningPack }) {
  const left = pack.items.filter((item) => isOpenItem(item.state)).length;
  return (
    <header className="today-head row g12">
      <div className="grow">
        <p className="weak">{dayText(pack.day)}</p>
        <h1>
          {greeting(clock.now())}
          {loadSession()?.guide.name ? `，${loadSession()?.guide.name}` : ''}
        </h1>
        <p className="today-sum num" data-testid="pack-summary">
          {pack.total} 位 · {pack.minutes} 分钟 · 预计 <Price fen={pack.mayEarnFen} />
        </p>
        {left > 0 && pack.done > 0 ? <p className="weak">还剩 {left} 位</p> : null}
      </div>
      <Ring done={pack.done} total={pack.total} />
    </header>
  );
}

function Waiting() {
  return (
    <div>
      <div className="today-head row g12">
        <div className="grow" style={{ display: 'grid', gap: 8 }}>
          <Bone w={120} h={12} />
          <Bone w={180} h={24} />
          <Bone w={200} />
        </div>
        <Bone w={72} h={72} r={36} />
      </div>
      <div className="card" style={{ display: 'grid', gap: 12 }}>
        <Bone h={48} />
        <Bone h={72} />
        <Bone h={44} />
      </div>
      <BoneRows />
    </div>
  );
}

function AllDone({ pack }: { pack: MorningPack }) {
  return pack.total === 0 ? (
    <Empty icon="done" title="今天没有要做的任务">
      {pack.leftOutText ?? '早间任务每天 08:30 更新，先去看看店里的客人吧'}
    </Empty>
  ) : (
    <section className="card all-done" data-testid="pack-done">
      <h2>今天的都做完了</h2>
      <p className="weak">客户打开或下单后，下面会自动更新</p>
    </section>
  );
}

/** This morning's customers, one by one. */
export function TodayPage() {
  const query = useQuery({
    queryKey: keys.pack,
    queryFn: () => api.guide.morningPack(),
    refetchInterval: LIVE_MS,
    refetchOnWindowFocus: true,
  });
  const [skipping, setSkipping] = useState<PackItem | null>(null);
  const [chosenId, setChosenId] = useState<string | null>(null);
  if (!query.data) {
    return query.isError ? <ProblemPane error={query.error} onRetry={() => void query.refetch()} /> : <Waiting />;
  }
  const pack = query.data;
  const open = pack.items.filter((item) => isOpenItem(item.state));
  const next = open.find((item) => item.id === chosenId) ?? open[0];
  const rest = pack.items.filter((item) => item !== next);
  return (
    <div data-testid="today-page">
      <Summary pack={pack} />
      <StoreWork />
      {next ? <NextItem key={next.id} item={next} onSkip={() => setSkipping(next)} /> : <AllDone pack={pack} />}
      {rest.length > 0 ? (
        <section className="today-rest" aria-label="其余任务">
          <h2>{next ? '接下来' : '今天的任务'}</h2>
          <ul data-testid="pack-list">
            {rest.map((item) => (
              <ItemRow
                key={item.id}
                item={item}
                onChoose={() => {
                  setChosenId(item.id);
                  window.scrollTo({ top: 0, behavior: 'smooth' });
                }}
              />
            ))}
          </ul>
        </section>
      ) : null}
      {pack.leftOutText && pack.total > 0 ? <p className="list-end">{pack.leftOutText}</p> : null}
      <SkipSheet item={skipping} onClose={() => setSkipping(null)} />
    </div>
  );
}
