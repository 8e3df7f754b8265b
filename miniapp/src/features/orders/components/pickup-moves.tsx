import type { PickupMove } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { api } from '@/lib/api-client';
import { clock } from '@/lib/clock';
import { troubleOf } from '@/lib/errors';
import { timeText } from '@/lib/format';
import { confirm, toast, toastDone } from '@/lib/toast';
import { useQuery } from '@/lib/use-query';
import { Button } from '@/ui/button';
import { Cell } from '@/ui/cell';

function MoveCard({ move, onAnswered }: { move: PickupMove; onAnswered(): void }) {
  const [busy, setBusy] = useState<'yes' | 'no' | null>(null);
  const answer = async (isAccepted: boolean) => {
    if (!isAccepted && !(await confirm('退款', '这一单会取消，付过的钱原路退回', '退款'))) return;
    setBusy(isAccepted ? 'yes' : 'no');
    try {
      await api.mall.answerPickupMove({ params: { id: move.id }, body: { isAccepted } });
      toastDone(isAccepted ? '已换到新门店' : '已安排退款');
    } catch (reason) {
      toast(troubleOf(reason).message);
    } finally {
      setBusy(null);
      onAnswered();
    }
  };
  return (
    <View className="card" data-testid={`pickup-move-${move.id}`}>
      <View className="card-title">{move.fromStoreName}要停业了</View>
      <View className="mid">{move.text}</View>
      <Cell icon="store" title={`可以改到${move.toStoreName}取`} note={move.toStoreAddress} />
      <View className="small soft">
        订单 {move.orderNo} · 请在 {timeText(move.answerBy, clock.now())} 前告诉我们
      </View>
      <View className="row gap-2 spacer-top">
        <View className="grow">
          <Button kind="quiet" isBlock isBusy={busy === 'no'} onTap={() => void answer(false)} testId="move-decline">
            退款
          </Button>
        </View>
        <View className="grow">
          <Button isBlock isBusy={busy === 'yes'} onTap={() => void answer(true)} testId="move-accept">
            换店自提
          </Button>
        </View>
      </View>
    </View>
  );
}

/** A store that closes owes me goods: fetch them elsewhere, or have the money back. */
export function PickupMoves({ onAnswered }: { onAnswered(): void }) {
  const moves = useQuery('pickup-moves', () => api.mall.pickupMoves());
  const open = (moves.data ?? []).filter((move) => move.state === 'ASKED');
  return (
    <>
      {open.map((move) => (
        <MoveCard
          key={move.id}
          move={move}
          onAnswered={() => {
            void moves.reload();
            onAnswered();
          }}
        />
      ))}
    </>
  );
}
