import { Image, View } from '@tarojs/components';
import { qrPicture } from '@/lib/qr';
import { spacedCode } from '../model';
import './orders.scss';

/** The pickup code, large enough to be read across a counter. */
export function PickupCode({ code, storeName }: { code: string; storeName: string }) {
  return (
    <View className="card pickup" data-testid="pickup">
      <Image className="pickup-qr" src={qrPicture(code)} mode="aspectFit" aria-label={`自提码 ${code}`} />
      <View className="pickup-code" data-testid="pickup-code">
        {spacedCode(code)}
      </View>
      <View className="small soft">到{storeName}出示给店员，扫码或报数字都可以</View>
    </View>
  );
}
