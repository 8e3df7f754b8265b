import type { AfterSaleOptions } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { goodsName, priceText } from '@/lib/format';
import { Picture } from '@/ui/picture';
import { Stepper } from '@/ui/stepper';
import type { Change, Draft } from '../model';

export interface LinesProps {
  options: AfterSaleOptions;
  draft: Draft;
  change: Change;
}

/** Which pieces of the order it is about. */
export function Lines({ options, draft, change }: LinesProps) {
  return (
    <View className="card">
      <View className="card-title">哪几件</View>
      {options.lines.map((line) => (
        <View key={line.lineId} className="line-row">
          <Picture url={line.imageUrl} className="picture-mini" />
          <View className="grow">
            <View className="one-line">{goodsName(line.name)}</View>
            <View className="small soft">
              {line.spec} · {line.isGift ? '赠品' : `实付 ${priceText(line.payableFen)}`}
            </View>
            {line.isGift && line.leftQty > 0 ? (
              <View className="small soft">退货后不满赠送条件的，下面会问你怎么处理</View>
            ) : null}
            {line.leftQty === 0 ? (
              <View className="small soft">{line.openCaseId ? '正在处理另一个售后' : '已经退过了'}</View>
            ) : (
              <Stepper
                value={draft.pieces[line.lineId] ?? 0}
                min={0}
                max={line.leftQty}
                onChange={(qty) => change({ pieces: { ...draft.pieces, [line.lineId]: qty } })}
                testId={`piece-${line.lineId}`}
              />
            )}
          </View>
        </View>
      ))}
    </View>
  );
}
