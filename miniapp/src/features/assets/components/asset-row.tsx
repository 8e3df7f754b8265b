import { View } from '@tarojs/components';
import { useDidShow } from '@tarojs/taro';
import { api } from '@/lib/api-client';
import { countText, priceParts } from '@/lib/format';
import { go, pageUrl } from '@/lib/navigate';
import { useQuery } from '@/lib/use-query';
import { Icon } from '@/ui/icon';
import './assets.scss';

async function loadAssets() {
  const [wallet, points, coupons] = await Promise.all([
    api.mall.wallet(),
    api.mall.points(),
    api.mall.coupons({ query: { tab: 'USABLE', limit: 1 } }),
  ]);
  return { wallet, points, counts: coupons.counts };
}

const yuan = (amountFen: number) => {
  const parts = priceParts(amountFen);
  return `¥${parts.yuan}${parts.cents ? `.${parts.cents}` : ''}`;
};

/** What I own, one tap from its ledger. Figures keep their place while they load. */
export function AssetRow({ memberId }: { memberId: string }) {
  const assets = useQuery(`assets:${memberId}`, loadAssets);
  useDidShow(() => void assets.reload());
  const { wallet, points, counts } = assets.data ?? {};
  const cells = [
    { key: 'wallet', label: '钱包', figure: wallet && yuan(wallet.availableFen), to: pageUrl.wallet() },
    { key: 'points', label: '积分', figure: points && countText(points.available), to: pageUrl.points() },
    {
      key: 'coupons',
      label: counts && counts.expiringSoon > 0 ? `券 · ${counts.expiringSoon} 张快到期` : '优惠券',
      figure: counts && countText(counts.usable),
      to: pageUrl.coupons(),
    },
  ];
  return (
    <View className="card mine-assets" data-testid="my-assets">
      {cells.map(({ key, label, figure, to }) => (
        <View
          key={key}
          className="mine-asset"
          hoverClass="card-pressed"
          role="link"
          data-testid={`to-${key}`}
          onClick={() => go(to)}
        >
          <View className="mine-asset-figure">{figure ?? '–'}</View>
          <View className="one-line">{label}</View>
        </View>
      ))}
      <View
        className="mine-asset"
        hoverClass="card-pressed"
        role="link"
        data-testid="to-pay-code"
        onClick={() => go(pageUrl.payCode())}
      >
        <View className="mine-asset-figure">
          <Icon name="scan" size={24} />
        </View>
        <View className="one-line">会员码</View>
      </View>
    </View>
  );
}
