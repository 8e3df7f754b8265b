import { ApiError } from '@shuke/shared/api';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { api } from '../../data/api';
import { contactQuery, keys, rememberedContact } from '../../data/queries';
import type { ContactView, NextAction } from '../../data/types';
import { ageText } from '../../data/words';
import { Button } from '../../design/button';
import { Icon } from '../../design/icon';
import { Empty, ProblemPane } from '../../design/states';
import { Tabs } from '../../design/tabs';
import { clock } from '../../platform/clock';
import { LeftoverStrip } from '../../sending/leftover-strip';
import { type Place, useSend } from '../../sending/use-send';
import { ContactBones } from './contact-bones';
import { ContactHeader, relationOf } from './contact-header';
import { LimitedView } from './limited-view';
import { NowActions } from './now-actions';
import { SendBar } from './send-bar';
import { TabCoupons } from './tab-coupons';
import { TabOrders, TabTrail } from './tab-lists';
import { TabMaterial } from './tab-material';
import { TabProfile } from './tab-profile';
import { TabTasks } from './tab-tasks';
import { useDraft } from './use-draft';
import './contact.css';

interface Props {
  externalUserId: string;
  place: Place;
  /** The chat turned out to be with somebody else. */
  onMoved?: (externalUserId: string) => void;
  top?: ReactNode;
}

const TABS = [
  { key: 'profile', label: '画像' },
  { key: 'orders', label: '订单' },
  { key: 'trail', label: '浏览' },
  { key: 'material', label: '素材' },
  { key: 'coupons', label: '券' },
  { key: 'tasks', label: '任务' },
] as const;
type TabKey = (typeof TABS)[number]['key'];
/** What is empty of a person who does not share with the store. */
const SHARED_TABS: ReadonlySet<TabKey> = new Set(['orders', 'trail']);

function StaleStrip({ at, onRetry }: { at: number; onRetry: () => void }) {
  return (
    <div className="notice" role="status" data-testid="stale">
      <Icon name="clock" />
      <span>网络不畅，这是 {ageText(at, clock.elapsed())}前的内容</span>
      <button type="button" onClick={onRetry}>
        刷新
      </button>
    </div>
  );
}

function Known({ view, place, onMoved }: Props & { view: ContactView }) {
  const { externalUserId } = view;
  const [tab, setTab] = useState<TabKey>('profile');
  const { draft, setDraft, sourceKey, busyKey, pick, pickItem, pickCoupon, clear } = useDraft(externalUserId);
  const sending = useSend({ externalUserId, place, onSent: clear, onMoved });
  const pack = useQuery({
    queryKey: keys.pack,
    queryFn: () => api.guide.morningPack(),
    enabled: tab === 'tasks',
    staleTime: 30_000,
  });
  const take = (action: NextAction) =>
    void pick({
      key: action.id,
      taskItemId: action.taskItemId,
      product: action.productId ? { id: action.productId, name: '', imageUrl: null } : undefined,
    });
  const pickProduct = (product: { id: string; name: string; imageUrl: string | null }) =>
    void pick({ key: product.id, product: { id: product.id, name: product.name, imageUrl: product.imageUrl } });

  return (
    <>
      <NowActions actions={view.nextActions} busyId={busyKey} activeId={sourceKey} onTake={take} />
      <div className="contact-tabs">
        <Tabs
          items={view.isShared ? TABS : TABS.filter(({ key }) => !SHARED_TABS.has(key))}
          active={tab}
          onChange={setTab}
          label="客户资料"
          idPrefix="tab"
        />
      </div>
      <div className="contact-body" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        {tab === 'profile' ? <TabProfile view={view} /> : null}
        {tab === 'orders' ? <TabOrders externalUserId={externalUserId} /> : null}
        {tab === 'trail' ? <TabTrail externalUserId={externalUserId} onPick={pickProduct} /> : null}
        {tab === 'material' ? <TabMaterial pickedId={sourceKey} busyId={busyKey} onPick={pickProduct} /> : null}
        {tab === 'coupons' ? (
          <TabCoupons
            view={view}
            pickedId={sourceKey}
            onPick={(coupon) => pickCoupon(coupon, view.remark || view.name)}
          />
        ) : null}
        {tab === 'tasks' ? (
          <TabTasks query={pack} externalUserId={externalUserId} pickedId={sourceKey} onPick={pickItem} />
        ) : null}
      </div>
      <div className="dock">
        <LeftoverStrip
          leftover={sending.leftover}
          isBusy={sending.isBusy}
          onSettle={() => void sending.settleLeftover()}
          onDrop={sending.dropLeftover}
        />
        <SendBar
          draft={draft}
          isBusy={sending.isBusy}
          onChange={setDraft}
          onClear={clear}
          onSend={() => void sending.send(draft)}
        />
      </div>
    </>
  );
}

/** Why there is nobody to show: not known, or not loaded. */
function Missing(props: { error: Error; onRetry: () => void; tries: number }) {
  const isUnknown = props.error instanceof ApiError && props.error.status === 404;
  if (!isUnknown) return <ProblemPane {...props} />;
  return (
    <Empty
      icon="people"
      title="没有找到这位客户"
      action={
        <>
          <Button look="main" onClick={props.onRetry} data-testid="retry">
            再找一次
          </Button>
          <Link className="btn btn-calm" to="/customers">
            看我的客户
          </Link>
        </>
      }
    >
      刚加的好友，资料要过一会儿才到；也可能已经不是好友了
    </Empty>
  );
}

/** Everything about one customer: who, what to do now, the details, and the send bar. */
export function ContactScreen(props: Props) {
  const { externalUserId, top } = props;
  const [tries, setTries] = useState(0);
  const remembered = rememberedContact(externalUserId);
  const query = useQuery({
    ...contactQuery(externalUserId),
    initialData: remembered?.view,
    initialDataUpdatedAt: remembered?.at,
    staleTime: 5_000,
    refetchOnWindowFocus: true,
  });
  const retry = () => {
    setTries((n) => n + 1);
    void query.refetch();
  };
  if (!query.data) {
    return (
      <main className="contact">
        {top}
        {query.isError ? <Missing error={query.error} onRetry={retry} tries={tries} /> : <ContactBones />}
      </main>
    );
  }
  const view = query.data;
  return (
    <main className="contact" data-testid="contact-screen">
      {top}
      {query.isError ? <StaleStrip at={query.dataUpdatedAt} onRetry={retry} /> : null}
      <ContactHeader view={view} />
      {relationOf(view) === 'OTHERS' ? <LimitedView view={view} /> : <Known {...props} view={view} />}
    </main>
  );
}
