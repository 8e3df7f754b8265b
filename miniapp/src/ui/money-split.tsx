import type { OrderDetail } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import { priceText } from '@/lib/format';

/** How the total is paid, once more than WeChat Pay is involved. */
export function MoneySplit({ money, isPaid }: { money: NonNullable<OrderDetail['money']>; isPaid: boolean }) {
  if (money.walletFen <= 0) return null;
  return (
    <View data-testid="money-split">
      <View className="money-row">
        <Text className="mid">{isPaid ? '钱包余额付' : '用钱包余额'}</Text>
        <Text className="digits">{priceText(money.walletFen)}</Text>
      </View>
      <View className="money-row">
        <Text className="mid">{isPaid ? '微信支付付' : '还需微信支付'}</Text>
        <Text className="digits strong">{priceText(money.cashFen)}</Text>
      </View>
    </View>
  );
}
