import type { AfterSaleOptions, PresentChoice } from '@shuke/shared/contracts';
import { Textarea, View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import { Choice } from '@/features/after-sale/components/choice';
import { Consequences, RefundSum } from '@/features/after-sale/components/consequences';
import { ExchangePicker } from '@/features/after-sale/components/exchange-picker';
import { Lines } from '@/features/after-sale/components/lines';
import { Presents } from '@/features/after-sale/components/presents';
import { ReturnStores } from '@/features/after-sale/components/return-stores';
import { type Change, type Draft, draftOf, wishOf } from '@/features/after-sale/model';
import { usePreview, useRequestKey } from '@/features/after-sale/use-after-sale';
import { api } from '@/lib/api-client';
import { clock } from '@/lib/clock';
import { troubleOf } from '@/lib/errors';
import { priceText, timeText } from '@/lib/format';
import { pageUrl, replaceWith } from '@/lib/navigate';
import { toast } from '@/lib/toast';
import { useQuery } from '@/lib/use-query';
import { useCurrentStore } from '@/session/current-store';
import { Button } from '@/ui/button';
import { Empty, Failed, Strip } from '@/ui/notice';
import { Page } from '@/ui/page';
import { type KeptPicture, PictureField } from '@/ui/picture-field';
import { BlockSkeleton } from '@/ui/skeleton';

function Ways({ options, draft, change }: { options: AfterSaleOptions; draft: Draft; change: Change }) {
  const { store } = useCurrentStore();
  const [wanted] = options.lines.filter(({ lineId }) => (draft.pieces[lineId] ?? 0) > 0);
  return (
    <>
      <View className="card">
        <View className="card-title">怎么处理</View>
        {options.kinds.map((kind) => (
          <Choice
            key={kind.value}
            text={kind.text}
            hint={kind.hint}
            isOn={draft.kind === kind.value}
            isOff={!kind.isAllowed}
            onTap={() => change({ kind: kind.value, exchangeSkuId: null })}
            testId={`kind-${kind.value}`}
          />
        ))}
      </View>
      {draft.kind === 'EXCHANGE' && wanted?.productId && store ? (
        <View className="card">
          <View className="card-title">换成</View>
          <ExchangePicker
            productId={wanted.productId}
            storeId={store.id}
            value={draft.exchangeSkuId}
            onChange={(exchangeSkuId) => change({ exchangeSkuId })}
          />
        </View>
      ) : null}
      {draft.kind && draft.kind !== 'REFUND_ONLY' ? (
        <View className="card">
          <View className="card-title">怎么退回</View>
          {options.returnWays.map((way) => (
            <Choice
              key={way.value}
              text={way.text}
              hint={way.hint}
              isOn={draft.returnWay === way.value}
              onTap={() => change({ returnWay: way.value })}
              testId={`way-${way.value}`}
            />
          ))}
          {draft.returnWay === 'STORE' ? (
            <ReturnStores
              orderId={options.orderId}
              value={draft.returnStoreId}
              onChange={(returnStoreId) => change({ returnStoreId })}
            />
          ) : null}
        </View>
      ) : null}
      <View className="card">
        <View className="card-title">原因</View>
        <View className="chips" role="radiogroup">
          {options.reasons.map((reason) => (
            <View
              key={reason.value}
              className={`chip ${draft.reason === reason.value ? 'chip-on' : ''}`}
              role="radio"
              aria-checked={draft.reason === reason.value}
              data-testid={`reason-${reason.value}`}
              onClick={() => change({ reason: reason.value })}
            >
              {reason.text}
            </View>
          ))}
        </View>
      </View>
    </>
  );
}

function Form({ options }: { options: AfterSaleOptions }) {
  const [draft, setDraft] = useState(() => draftOf(options));
  const [text, setText] = useState('');
  const [pictures, setPictures] = useState<KeptPicture[]>([]);
  const [isBusy, setBusy] = useState(false);
  const key = useRequestKey();
  const { preview, presents, trouble, reload, missing } = usePreview(options.orderId, draft);
  // Another wish is another request; the same wish sent twice is one.
  const change: Change = (part) => {
    key.renew();
    setDraft((before) => ({ ...before, ...part }));
  };

  const choose = (lineId: string, choice: PresentChoice) =>
    change({ presents: { ...draft.presents, [lineId]: choice } });

  const send = async () => {
    const wish = wishOf(draft);
    if (typeof wish === 'string' || !preview) return;
    // What was read is what is asked for: goods that were put back may have brought their present back too.
    const asked = (preview.presents ?? []).map(({ lineId, choice }) => ({ lineId, choice }));
    setBusy(true);
    try {
      const made = await api.mall.requestAfterSale({
        params: { id: options.orderId },
        body: {
          ...wish,
          presents: asked,
          ...(text.trim() ? { text: text.trim() } : {}),
          ...(pictures.length > 0 ? { pictureIds: pictures.map(({ id }) => id) } : {}),
          expectedRefundFen: preview.sources.totalFen,
        },
        idempotencyKey: key.current(),
      });
      replaceWith(pageUrl.afterSaleDetail(made.id));
    } catch (reason) {
      const { code, message } = troubleOf(reason);
      toast(message);
      // Something changed since it was read: what it comes to now is read before it is asked for.
      if (code === 'AFTER_SALE_CHANGED') reload();
    } finally {
      setBusy(false);
    }
  };

  return (
    <View className="body body-with-bar">
      {options.until ? (
        <Strip tone="info">
          {timeText(options.until, clock.now())} 前可以申请。{options.ruleText}
        </Strip>
      ) : (
        <Strip tone="info">{options.ruleText}</Strip>
      )}
      <Lines options={options} draft={draft} change={change} />
      <Ways options={options} draft={draft} change={change} />
      <View className="card">
        <View className="card-title">说明和图片</View>
        <Textarea
          className="field-area"
          value={text}
          maxlength={300}
          placeholder="说清楚一点，处理得更快（可不填）"
          data-testid="after-sale-text"
          onInput={(event) => setText(event.detail.value)}
        />
        <PictureField purpose="AFTER_SALE" pictures={pictures} onChange={setPictures} />
      </View>
      {presents.length > 0 ? (
        <Presents items={presents} isUnsent={draft.kind === 'REFUND_ONLY'} onChoose={choose} />
      ) : null}
      {trouble ? (
        <Strip tone="warn" testId="preview-trouble">
          <View>{trouble.message}</View>
          <View className="text-tap" role="button" data-testid="preview-again" onClick={reload}>
            再试一次
          </View>
        </Strip>
      ) : null}
      {preview ? (
        <>
          {draft.kind === 'EXCHANGE' ? null : <RefundSum sources={preview.sources} />}
          <View className="section-title">提交以后会发生什么</View>
          <View className="spacer" />
          <Consequences items={preview.consequences} />
          <View className="small soft" data-testid="approval-text">
            {preview.approvalText}
          </View>
        </>
      ) : null}
      <View className="bar">
        <Button
          isBlock
          isBusy={isBusy || (!missing && !preview && !trouble)}
          isDisabled={missing !== null || !preview}
          onTap={() => void send()}
          testId="send-after-sale"
        >
          {missing ?? (draft.kind === 'EXCHANGE' ? '申请换货' : `申请退 ${priceText(preview?.sources.totalFen ?? 0)}`)}
        </Button>
      </View>
    </View>
  );
}

/** Asking for a refund, a return or an exchange, with every consequence before the button. */
export default function AfterSale() {
  const id = useRouter().params.orderId ?? '';
  const options = useQuery(id ? `after-sale-options:${id}` : null, () => api.mall.afterSaleOptions({ params: { id } }));
  const isOver = options.data?.lines.every(({ leftQty }) => leftQty === 0) ?? false;
  return (
    <Page testId="page-after-sale">
      {!options.data && options.trouble ? (
        <Failed trouble={options.trouble} onRetry={() => void options.reload()} />
      ) : null}
      {!options.data && !options.trouble ? (
        <View className="body">
          <BlockSkeleton />
          <BlockSkeleton />
        </View>
      ) : null}
      {options.data && isOver ? (
        <Empty icon="refund" title="没有可以申请的商品了" text="都已经退过，或者正在处理" />
      ) : null}
      {options.data && !isOver ? <Form options={options.data} /> : null}
    </Page>
  );
}
