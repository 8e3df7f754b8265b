import type { AfterSaleDetail as Detail } from '@shuke/shared/contracts';
import { Input, Text, View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import { Consequences, RefundSum } from '@/features/after-sale/components/consequences';
import { SendBackSheet } from '@/features/after-sale/components/send-back-sheet';
import { useCase } from '@/features/after-sale/use-after-sale';
import { NoticeAsk } from '@/features/notices/components/notice-ask';
import { useOfferKnown } from '@/features/notices/use-offer-known';
import { clock } from '@/lib/clock';
import { exactTimeText, goodsName, priceText, timeText } from '@/lib/format';
import { go, pageUrl } from '@/lib/navigate';
import { confirm } from '@/lib/toast';
import { Button } from '@/ui/button';
import { Cell } from '@/ui/cell';
import { Failed, Strip } from '@/ui/notice';
import { Page } from '@/ui/page';
import { Picture } from '@/ui/picture';
import { PictureRow } from '@/ui/picture-field';
import { BlockSkeleton } from '@/ui/skeleton';
import '@/features/after-sale/components/after-sale.scss';
import '@/features/orders/components/orders.scss';

type Actions = ReturnType<typeof useCase>;

function Return({ one }: { one: Detail }) {
  const { returnStore, returnCode, sentBack, resent } = one;
  if (!returnStore && !sentBack && !resent) return null;
  return (
    <View className="card card-flush">
      {returnCode && one.canSendBack ? (
        <View className="return-code">
          <View className="digits" data-testid="return-code">
            {returnCode}
          </View>
          <View className="return-code-note">到店退回时报这个码，寄回时写在包裹里</View>
        </View>
      ) : null}
      {returnStore ? (
        <Cell
          icon="store"
          title={returnStore.name}
          note={
            <>
              {returnStore.address} · <Text className="keep">{returnStore.phone}</Text>
            </>
          }
        />
      ) : null}
      {sentBack ? (
        <Cell
          icon="truck"
          title={`寄回 ${sentBack.company} ${sentBack.trackingNo}`}
          note={exactTimeText(sentBack.at)}
        />
      ) : null}
      {resent ? (
        <Cell icon="bag" title={`换货 ${resent.company} ${resent.trackingNo}`} note={exactTimeText(resent.at)} />
      ) : null}
    </View>
  );
}

function Messages({ one, actions }: { one: Detail; actions: Actions }) {
  const [text, setText] = useState('');
  const send = () => void actions.message(text.trim()).then((ok) => ok && setText(''));
  return (
    <View className="card">
      <View className="card-title">协商记录</View>
      {one.messages.map((message) => (
        <View
          key={message.id}
          className={
            message.by === 'SYSTEM'
              ? 'message message-system'
              : `message ${message.by === 'CONSUMER' ? 'message-mine' : ''}`
          }
        >
          {message.by === 'SYSTEM' ? null : (
            <View className="small soft">
              {message.by === 'CONSUMER' ? '我' : message.byName} · {timeText(message.at, clock.now())}
            </View>
          )}
          <View className={message.by === 'SYSTEM' ? '' : 'message-words'}>{message.text}</View>
          <PictureRow urls={message.pictures} />
        </View>
      ))}
      {one.canMessage ? (
        <View className="message-box">
          <Input
            className="field-input"
            value={text}
            maxlength={300}
            placeholder="给门店留言"
            data-testid="case-message"
            onInput={(event) => setText(event.detail.value)}
          />
          <Button
            isSmall
            kind="soft"
            isBusy={actions.busy === 'message'}
            isDisabled={text.trim() === ''}
            onTap={send}
            testId="send-message"
          >
            发送
          </Button>
        </View>
      ) : null}
    </View>
  );
}

function Bar({ one, actions, onSendBack }: { one: Detail; actions: Actions; onSendBack(): void }) {
  if (!one.canCancel && !one.canSendBack && !one.canConfirmResent) return null;
  const cancel = async () => {
    if (await confirm('撤销申请', '撤销后，售后期内还可以再申请', '撤销')) await actions.cancel();
  };
  return (
    <View className="bar">
      <View className="grow" />
      {one.canCancel ? (
        <Button kind="quiet" isBusy={actions.busy === 'cancel'} onTap={() => void cancel()} testId="cancel-case">
          撤销申请
        </Button>
      ) : null}
      {one.canSendBack && one.returnWay === 'CARRIER' ? (
        <Button onTap={onSendBack} testId="send-back">
          填写快递
        </Button>
      ) : null}
      {one.canConfirmResent ? (
        <Button isBusy={actions.busy === 'confirm'} onTap={() => void actions.confirm()} testId="confirm-resent">
          收到换货
        </Button>
      ) : null}
    </View>
  );
}

function Body({ one, actions }: { one: Detail; actions: Actions }) {
  const [isSending, setSending] = useState(false);
  // A case that was refused or withdrawn changes nothing: no sum to expect, no consequences.
  const isAlive = one.state !== 'REFUSED' && one.state !== 'CANCELLED';
  return (
    <>
      <View className="order-state">
        <View className="order-state-words" data-testid="case-state">
          {one.stateText}
        </View>
        <View className="mid">{one.hint}</View>
      </View>
      <View className="body body-with-bar">
        {one.refundProblem ? <Strip tone="warn">{one.refundProblem}</Strip> : null}
        {isAlive && one.sources.totalFen > 0 ? <RefundSum sources={one.sources} isDone={one.state === 'DONE'} /> : null}
        {isAlive && one.state !== 'DONE' ? <NoticeAsk moment="AFTER_SALE" /> : null}
        <Return one={one} />
        {isAlive ? <Consequences items={one.consequences} /> : null}
        <View className="card">
          {one.lines.map((line) => (
            <View key={line.lineId} className="line-row">
              <Picture url={line.imageUrl} className="picture-mini" label={line.name} />
              <View className="grow">
                <View className="two-lines">{goodsName(line.name)}</View>
                <View className="small soft">
                  {line.spec} · {line.qty} 件
                </View>
                {line.isGift ? <View className="tag tag-good">赠品</View> : null}
                {one.exchangeSpec ? <View className="tag tag-warn">换成 {one.exchangeSpec}</View> : null}
              </View>
              {line.refundFen > 0 ? <View className="digits">{priceText(line.refundFen)}</View> : null}
            </View>
          ))}
          {(one.keptPresents ?? []).map((kept) => (
            <View key={kept.lineId} className="line-row" data-testid="kept-present">
              <Picture url={kept.imageUrl} className="picture-mini" label={kept.name} />
              <View className="grow">
                <View className="two-lines">{goodsName(kept.name)}</View>
                <View className="small soft">
                  {kept.spec} · 留下 {kept.qty} 件，付 {priceText(kept.fen)}
                </View>
                <View className="tag">留下的赠品</View>
              </View>
            </View>
          ))}
          <View className="small soft">
            {one.reasonText}
            {one.text ? `：${one.text}` : ''}
          </View>
          <PictureRow urls={one.pictures} />
        </View>
        <Messages one={one} actions={actions} />
        <View className="card card-flush">
          <Cell title="售后单号" value={one.caseNo} />
          <Cell title="订单" value={one.orderNo} onTap={() => go(pageUrl.order(one.orderId))} />
          <Cell title="申请时间" value={exactTimeText(one.createdAt)} />
        </View>
      </View>
      <Bar one={one} actions={actions} onSendBack={() => setSending(true)} />
      <SendBackSheet
        isOpen={isSending}
        isBusy={actions.busy === 'send'}
        onClose={() => setSending(false)}
        onSend={(company, trackingNo) =>
          void actions.sendBack(company, trackingNo).then((ok) => ok && setSending(false))
        }
      />
    </>
  );
}

export default function AfterSaleDetail() {
  const actions = useCase(useRouter().params.id ?? '');
  const isOfferKnown = useOfferKnown('AFTER_SALE');
  const one = isOfferKnown ? actions.data : null;
  return (
    <Page testId="page-after-sale-detail">
      {one ? (
        <Body one={one} actions={actions} />
      ) : actions.trouble && !actions.data ? (
        <Failed trouble={actions.trouble} onRetry={() => void actions.reload()} />
      ) : (
        <View className="body">
          <BlockSkeleton />
          <BlockSkeleton />
        </View>
      )}
    </Page>
  );
}
