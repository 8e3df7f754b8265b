import { Text, View } from '@tarojs/components';
import { useDidShow } from '@tarojs/taro';
import { api } from '@/lib/api-client';
import { countText } from '@/lib/format';
import { go, pageUrl } from '@/lib/navigate';
import { useCell } from '@/lib/state';
import { useQuery } from '@/lib/use-query';
import { session } from '@/session/session';
import { Icon } from '@/ui/icon';
import './home.scss';

async function load() {
  const [points, coupons] = await Promise.all([
    api.mall.points(),
    api.mall.coupons({ query: { tab: 'USABLE', limit: 1 } }),
  ]);
  return { available: points.available, expiring: points.expiring[0] ?? null, counts: coupons.counts };
}

/** What is mine, before what is new: coupons that lapse soon, points, and the code for the counter. */
export function MyStrip() {
  const { status, profile } = useCell(session);
  const mine = useQuery(status === 'member' ? `home-mine:${profile?.id ?? ''}` : null, load);
  useDidShow(() => void mine.reload());
  if (status !== 'member' || (mine.trouble && !mine.data)) return null;
  const { counts, available } = mine.data ?? {};
  const cells = [
    {
      key: 'coupons',
      icon: 'ticket',
      figure: counts ? `${countText(counts.usable)} 张券` : '优惠券',
      note: counts && counts.expiringSoon > 0 ? `${counts.expiringSoon} 张快到期` : '去用券',
      isWarm: Boolean(counts && counts.expiringSoon > 0),
      to: pageUrl.coupons(),
    },
    {
      key: 'points',
      icon: 'star',
      figure: available === undefined ? '积分' : `${countText(available)} 积分`,
      note: mine.data?.expiring ? '有积分快到期' : '去兑换',
      isWarm: Boolean(mine.data?.expiring),
      to: pageUrl.points(),
    },
    { key: 'code', icon: 'scan', figure: '会员码', note: '到店出示', isWarm: false, to: pageUrl.payCode() },
  ];
  return (
    <View className="card my-strip" data-testid="home-mine">
      {cells.map(({ key, icon, figure, note, isWarm, to }) => (
        <View
          key={key}
          className="my-cell"
          hoverClass="card-pressed"
          role="link"
          data-testid={`home-${key}`}
          onClick={() => go(to)}
        >
          <Icon name={icon} className="my-icon" />
          <Text className="my-figure one-line">{figure}</Text>
          <Text className={`small one-line ${isWarm ? 'my-warm' : 'soft'}`}>{note}</Text>
        </View>
      ))}
    </View>
  );
}
