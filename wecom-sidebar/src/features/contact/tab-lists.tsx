import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../../data/api';
import { keys, pagedBy } from '../../data/queries';
import type { BrowseEvent } from '../../data/types';
import { Button } from '../../design/button';
import { EndlessList } from '../../design/endless-list';
import { OrderRow } from '../../design/order-row';
import { Thumb } from '../../design/pictures';
import { Empty } from '../../design/states';
import { When } from '../../design/when';

/** Orders of all channels. */
export function TabOrders({ externalUserId }: { externalUserId: string }) {
  const query = useInfiniteQuery({
    queryKey: keys.contactOrders(externalUserId),
    ...pagedBy((query) => api.guide.contactOrders({ params: { externalUserId }, query })),
  });
  return (
    <EndlessList
      query={query}
      keyOf={(order) => order.id}
      row={(order) => <OrderRow order={order} />}
      testId="contact-orders"
      empty={
        <Empty icon="bag" title="还没有订单">
          小程序和各家门店的订单都会出现在这里
        </Empty>
      }
    />
  );
}

interface TrailProps {
  externalUserId: string;
  onPick: (product: { id: string; name: string; imageUrl: string | null }) => void;
}

/** What was done, beside the product's name; looking is said by the count. */
const DONE: Record<BrowseEvent['type'], string> = {
  VIEW: '看过',
  ADD_CART: '加入购物车',
  SHARE_OPEN: '打开了你发的卡片',
  SEARCH: '搜索过',
};

function TrailRow({ event, onPick }: { event: BrowseEvent; onPick: TrailProps['onPick'] }) {
  const product =
    event.productId && event.productName
      ? { id: event.productId, name: event.productName, imageUrl: event.imageUrl }
      : null;
  return (
    <div className="list-row row g12" data-testid="trail-row">
      {product ? <Thumb url={event.imageUrl} size={52} /> : null}
      <div className="grow">
        <p className="ellipsis">{event.productName ?? event.text}</p>
        <p className="weak row g8">
          {event.viewCount > 1 && event.type === 'VIEW' ? (
            <span className={event.viewCount >= 3 ? 'chip chip-warm' : 'chip'}>看过 {event.viewCount} 次</span>
          ) : null}
          <span className="ellipsis">
            {product && (event.viewCount <= 1 || event.type !== 'VIEW') ? `${DONE[event.type]} · ` : ''}
            <When at={event.at} />
          </span>
        </p>
      </div>
      {product ? (
        <Button onClick={() => onPick(product)} aria-label={`选 ${product.name} 来发`} data-testid="trail-pick">
          选它
        </Button>
      ) : null}
    </div>
  );
}

/** What they looked at, with pictures and counts. */
export function TabTrail({ externalUserId, onPick }: TrailProps) {
  const query = useInfiniteQuery({
    queryKey: keys.contactTrail(externalUserId),
    ...pagedBy((query) => api.guide.contactTrail({ params: { externalUserId }, query })),
  });
  return (
    <EndlessList
      query={query}
      keyOf={(event) => `${event.at}${event.type}${event.productId ?? event.text}`}
      row={(event) => <TrailRow event={event} onPick={onPick} />}
      testId="contact-trail"
      empty={
        <Empty icon="look" title="还没有浏览">
          发一张商品卡给对方，打开后就能看到
        </Empty>
      }
    />
  );
}
