import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../data/api';
import { keys } from '../../data/queries';
import type { AfterSaleCase } from '../../data/types';
import { useIsManager } from '../../data/use-is-manager';
import { useOnce } from '../../data/use-once';
import { Button } from '../../design/button';
import { ParcelForm } from '../../design/parcel-form';
import { Sheet } from '../../design/sheet';
import { snack } from '../../design/snackbar';
import { problemText } from '../../design/states';
import { WordsSheet } from '../../design/words-sheet';
import { isOurTurn } from './case-words';

type Asking = 'MESSAGE' | 'APPROVE' | 'REFUSE' | 'RESEND' | null;

const QUESTIONS = [
  '麻烦再拍一张问题处的近照，我们好尽快处理',
  '请拍一下吊牌和水洗标，谢谢',
  '请问是什么时候发现的？洗过或穿过吗？',
];
const REFUSALS = ['吊牌已剪且有穿着痕迹，可以到店免费清洗一次', '照片里看不出问题，请到店里让我们看看实物'];

/** What follows when the store agrees, before it does. */
function approveHint({ kind, hint }: AfterSaleCase): string {
  if (kind === 'REFUND_ONLY') return '同意后马上退款，不用客人退回商品';
  if (kind === 'EXCHANGE') return '同意后先为客人留住要换的那件，收到退回的再寄出';
  return hint ? '同意后客人会看到退货地址；收到并检查过，再退款' : '';
}

/** Every act answers with the case as it is now. */
function useCase(id: string) {
  const client = useQueryClient();
  return (now: AfterSaleCase, words: string) => {
    client.setQueryData(keys.afterSale(id), now);
    void client.invalidateQueries({ queryKey: ['after-sales'] });
    snack(words);
  };
}

function Receive({ one, onDone }: { one: AfterSaleCase; onDone: (now: AfterSaleCase) => void }) {
  const receive = useMutation({
    mutationFn: () => api.guide.receiveAfterSale({ params: { id: one.id }, body: {} }),
    onSuccess: onDone,
    onError: (error) => snack(problemText(error)),
  });
  const receiveOnce = useOnce<void>(receive);
  return (
    <Button
      look="main"
      className="grow"
      isBusy={receive.isPending}
      onClick={() => receiveOnce()}
      data-testid="case-receive"
    >
      货已收到，检查过了
    </Button>
  );
}

/** The store's next step, always under the thumb; guides ask, the manager decides. */
export function CaseActs({ one }: { one: AfterSaleCase }) {
  const isManager = useIsManager();
  const [asking, setAsking] = useState<Asking>(null);
  const show = useCase(one.id);
  const params = { id: one.id };
  const close = () => setAsking(null);
  const isUndecided = one.state === 'REQUESTED';
  const mayRefuse = isManager && (isUndecided || one.state === 'SENT_BACK');
  if (!one.canMessage) return null;
  return (
    <>
      <div className="case-acts" data-testid="case-acts">
        {one.canApprove && !isManager ? <p className="weak">同意与否由店长决定，你可以先问清楚</p> : null}
        <div className="row g8">
          <Button look="calm" onClick={() => setAsking('MESSAGE')} data-testid="case-ask">
            问客人
          </Button>
          {mayRefuse ? (
            <Button look="calm" onClick={() => setAsking('REFUSE')} data-testid="case-refuse">
              不同意
            </Button>
          ) : null}
          {one.canApprove && isManager ? (
            <Button look="main" className="grow" onClick={() => setAsking('APPROVE')} data-testid="case-approve">
              同意
            </Button>
          ) : null}
          {one.state === 'SENT_BACK' && one.canReceive ? (
            <Receive
              one={one}
              onDone={(now) => show(now, now.kind === 'EXCHANGE' ? '已收货，记得寄出换货' : '已收货，马上为客人退款')}
            />
          ) : null}
          {one.canResend ? (
            <Button look="main" className="grow" onClick={() => setAsking('RESEND')} data-testid="case-resend">
              寄出换货
            </Button>
          ) : null}
          {isOurTurn(one) ? null : <span className="grow" />}
        </div>
      </div>
      <WordsSheet
        key={`ask-${one.messages.length}`}
        title="问客人"
        hint={`客人会在售后详情里看到，可以补照片回复${isUndecided ? '；回复以前，自动同意的时间先停住' : ''}`}
        placeholder="想请客人补充什么"
        buttonText="发给客人"
        atLeast={2}
        ready={QUESTIONS}
        isOpen={asking === 'MESSAGE'}
        onClose={close}
        run={async (text) =>
          show(
            await api.guide.messageAfterSale({ params, body: isUndecided ? { text, asksEvidence: true } : { text } }),
            '已发给客人',
          )
        }
        testId="case-message"
      />
      <WordsSheet
        title="同意"
        hint={approveHint(one)}
        placeholder="给客人的话（可不填）"
        buttonText={one.kind === 'REFUND_ONLY' ? '同意并退款' : '同意'}
        atLeast={0}
        isOpen={asking === 'APPROVE'}
        onClose={close}
        run={async (text) =>
          show(await api.guide.approveAfterSale({ params, body: text ? { text } : {} }), '已同意，客人会收到通知')
        }
        testId="case-agree"
      />
      <WordsSheet
        title="不同意"
        hint="理由会原样给客人看，请说清楚并给条路"
        placeholder="为什么不同意，还能怎么办"
        buttonText="不同意这次申请"
        atLeast={4}
        ready={REFUSALS}
        isOpen={asking === 'REFUSE'}
        onClose={close}
        run={async (text) => show(await api.guide.refuseAfterSale({ params, body: { text } }), '已答复客人')}
        testId="case-refusal"
      />
      <Sheet title="寄出换货" isOpen={asking === 'RESEND'} onClose={close} testId="resend-sheet">
        <ParcelForm
          buttonText="换货已寄出"
          run={async (body) => show(await api.guide.resendAfterSale({ params, body }), '换货已寄出')}
          onDone={close}
        />
      </Sheet>
    </>
  );
}
