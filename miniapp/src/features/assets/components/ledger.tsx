import type { AssetEntry } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { useReachBottom } from '@tarojs/taro';
import { clock } from '@/lib/clock';
import { timeText } from '@/lib/format';
import { go, pageUrl } from '@/lib/navigate';
import { usePages } from '@/lib/use-pages';
import { Empty, Failed, ListEnd } from '@/ui/notice';
import { RowsSkeleton } from '@/ui/skeleton';
import { byMonth } from '../model';
import './assets.scss';

export interface LedgerProps {
  /** Names the account; the list starts again when it changes. */
  name: string;
  load(cursor?: string): Promise<{ items: AssetEntry[]; nextCursor: string | null }>;
  amountText(amount: number): string;
  balanceText(balance: number): string;
  emptyText: string;
}

function Row({ entry, props }: { entry: AssetEntry; props: LedgerProps }) {
  const { orderId } = entry;
  const about = [timeText(entry.at, clock.now()), entry.storeName].filter(Boolean).join(' · ');
  const isOnlyPending = entry.amount === 0 && entry.pending !== 0;
  return (
    <View
      className="ledger-row"
      hoverClass={orderId ? 'cell-pressed' : 'none'}
      role={orderId ? 'link' : undefined}
      data-testid="ledger-row"
      onClick={orderId ? () => go(pageUrl.order(orderId)) : undefined}
    >
      <View className="grow">
        <View className="ledger-title">{entry.title}</View>
        <View className="small soft">{about}</View>
      </View>
      <View className="ledger-right">
        <View className={`ledger-amount digits ${entry.amount > 0 ? 'ledger-in' : ''}`}>
          {props.amountText(isOnlyPending ? entry.pending : entry.amount)}
        </View>
        <View className="small soft digits">
          {isOnlyPending ? '待生效' : `余 ${props.balanceText(entry.balanceAfter)}`}
        </View>
      </View>
    </View>
  );
}

/** The full ledger of an account: every change, why, when, and what was left. */
export function Ledger(props: LedgerProps) {
  const pages = usePages<AssetEntry>(`ledger:${props.name}`, props.load);
  useReachBottom(() => pages.more());
  // As long as the screen, so that what comes after the list does not show first and run off.
  if (pages.isFirstLoad) return <RowsSkeleton count={8} />;
  if (pages.trouble && pages.items.length === 0)
    return <Failed trouble={pages.trouble} onRetry={() => void pages.reload()} />;
  if (pages.items.length === 0) return <Empty icon="list" title="还没有明细" text={props.emptyText} />;
  return (
    <View data-testid="ledger">
      {byMonth(pages.items).map((month) => (
        <View key={month.key}>
          <View className="ledger-month">{month.title}</View>
          <View className="card card-flush">
            {month.entries.map((entry) => (
              <Row key={entry.seq} entry={entry} props={props} />
            ))}
          </View>
        </View>
      ))}
      <ListEnd isLoadingMore={pages.isLoadingMore} isEnd={pages.isEnd} onMore={pages.more} />
    </View>
  );
}
