import { Image, View } from '@tarojs/components';
import { qrPicture } from '@/lib/qr';
import { spacedCode } from '../model';
import './orders.scss';

/** The code for the counter, or for the exit after scan and go, large enough to be read across. */
export function PickupCode({ code, storeName, isExit }: { code: string; storeName: string; isExit?: boolean }) {
  const what = isExit ? '出门码' : '自提码';
  return (
    <View className="card pickup" data-testid="pickup">
      <Image className="pickup-qr" src={qrPicture(code)} mode="aspectFit" aria-label={`${what} ${code}`} />
      <View className="pickup-code" data-testid="pickup-code">
        {spacedCode(code)}
      </View>
      <View className="small soft">
        {isExit ? `离开${storeName}时给店员看，扫码或报数字都可以` : `到${storeName}出示给店员，扫码或报数字都可以`}
      </View>
    </View>
  );
}
