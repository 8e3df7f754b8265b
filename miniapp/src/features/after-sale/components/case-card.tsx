import type { AfterSaleSummary } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { priceText } from '@/lib/format';
import { go, pageUrl } from '@/lib/navigate';
import { Picture } from '@/ui/picture';
import { toneOfCase } from '../model';

/** A case in a list: what, where it stands, what comes next. */
export function CaseCard({ one }: { one: AfterSaleSummary }) {
  const [first] = one.lines;
  const pieces = one.lines.reduce((sum, { qty }) => sum + qty, 0);
  return (
    <View
      className="card card-tap"
      hoverClass="card-pressed"
      role="link"
      data-testid={`case-${one.id}`}
      onClick={() => go(pageUrl.afterSaleDetail(one.id))}
    >
      <View className="row between gap-2">
        <View className="small soft one-line">
          {one.kindText} · {one.storeName}
        </View>
        <View className={`tag ${toneOfCase(one.state)}`} data-testid="case-state">
          {one.stateText}
        </View>
      </View>
      <View className="line-row">
        <Picture url={first?.imageUrl ?? null} className="picture-mini" />
        <View className="grow">
          <View className="one-line">{first?.name}</View>
          <View className="small soft">
            {first?.spec}
            {pieces > 1 ? ` 等 ${pieces} 件` : ''}
          </View>
        </View>
        {one.refundFen > 0 ? <View className="digits strong">{priceText(one.refundFen)}</View> : null}
      </View>
      <View className="small mid">{one.hint}</View>
    </View>
  );
}
