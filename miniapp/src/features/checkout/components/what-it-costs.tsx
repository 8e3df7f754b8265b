import type { CheckoutPreview } from '@shuke/shared/contracts';
import { Input, Text, View } from '@tarojs/components';
import { MoneySplit } from '@/ui/money-split';
import { Strip } from '@/ui/notice';
import { PresaleSteps } from '@/ui/presale-steps';
import { PriceSteps } from '@/ui/price-steps';
import { PricedLines } from '@/ui/priced-lines';
import { Toggle } from '@/ui/toggle';
import { elsewhereNote, lineNote } from '../model';
import type { useCheckout } from '../use-checkout';
import { PayWith } from './pay-with';
import './checkout.scss';

interface GiftsProps {
  gifts: NonNullable<CheckoutPreview['gifts']>;
  gone: NonNullable<CheckoutPreview['goneGifts']>;
  isDeclined: boolean;
  onDecline(isDeclined: boolean): void;
}

/** The presents, or that they have run out; nobody has to take one. */
function Gifts({ gifts, gone, isDeclined, onDecline }: GiftsProps) {
  if (gifts.length + gone.length === 0 && !isDeclined) return null;
  return (
    <View data-testid="gifts">
      {gifts.map((gift) => (
        <View key={gift.skuId} className="money-row">
          <View className="row gap-1">
            <Text className="tag tag-good">赠品</Text>
            <Text className="two-lines">{gift.name}</Text>
          </View>
          <Text className="small soft digits">×{gift.qty}</Text>
        </View>
      ))}
      {gone.map((gift) => (
        <View key={gift.skuId} className="small soft" data-testid="gift-gone">
          赠品「{gift.name}」送完了，不影响这一单。
        </View>
      ))}
      {gifts.length > 0 || isDeclined ? (
        <View className="row between">
          <Text className="mid">不要赠品</Text>
          <Toggle isOn={isDeclined} label="不要赠品" testId="no-gifts" onTurn={onDecline} />
        </View>
      ) : null}
    </View>
  );
}

/** The lines with their discounts, and every step from the goods to what is to be paid. */
export function WhatItCosts({ shown, checkout }: { shown: CheckoutPreview; checkout: ReturnType<typeof useCheckout> }) {
  return (
    <>
      <View className="card">
        <View className="card-title">{shown.store.name}</View>
        <PricedLines
          lines={shown.lines.map((line) => ({
            ...line,
            key: line.skuId,
            spec: `${line.colour} · ${line.size}`,
            note: lineNote(line) ?? elsewhereNote(shown, line.skuId),
          }))}
        />
        <Gifts
          gifts={shown.gifts ?? []}
          gone={shown.goneGifts ?? []}
          isDeclined={checkout.wish.noGifts}
          onDecline={(noGifts) => checkout.changeWish({ noGifts })}
        />
        <View className="field">
          <Text className="field-label">留言</Text>
          <Input
            className="field-input"
            value={checkout.remark}
            maxlength={100}
            placeholder="想说的话，选填"
            data-testid="remark"
            onInput={(event) => checkout.setRemark(event.detail.value)}
          />
        </View>
      </View>
      <PayWith shown={shown} wish={checkout.wish} onChange={checkout.changeWish} />
      <View className="card">
        <View className="card-title">价格明细</View>
        <PriceSteps steps={shown.steps} totalFen={shown.totalFen} totalLabel="合计" />
        {shown.money ? <MoneySplit money={shown.money} isPaid={false} /> : null}
        {shown.presale ? <PresaleSteps plan={shown.presale} /> : null}
      </View>
      {shown.guideName ? <Strip tone="info">这一单由你的专属导购{shown.guideName}为你服务。</Strip> : null}
    </>
  );
}
