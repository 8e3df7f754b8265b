import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { api } from '../../data/api';
import { newKey } from '../../data/new-key';
import { type CodeKind, codeKind } from '../../data/shown-code';
import type { CouponReceipt, CouponView } from '../../data/types';
import { useOnce } from '../../data/use-once';
import { Button } from '../../design/button';
import { CodeDesk } from '../../design/code-desk';
import { Icon } from '../../design/icon';
import { Price } from '../../design/price';
import { Reverse } from '../../design/reverse';
import { isUnanswered, problemText } from '../../design/states';
import { AmountField } from './amount-field';
import { type Piece, Pieces } from './pieces';
import { fenOfText } from './yuan';

/** Shapes that no coupon of any origin has; codes of other brands' batches come in any other. */
const NO_COUPON: readonly CodeKind[] = ['EMPTY', 'LINK', 'MEMBER', 'WECHAT_PAY', 'ORDER_NO'];
const couponCode = (text: string) => {
  const code = text.trim();
  return code.length >= 4 && code.length <= 400 && !NO_COUPON.includes(codeKind(code)) ? code : null;
};

function Receipt({ first, onClose }: { first: CouponReceipt; onClose: () => void }) {
  const [receipt, setReceipt] = useState(first);
  return (
    <section className="card receipt" data-testid="coupon-receipt">
      <Icon name={receipt.state === 'REVERSED' ? 'undo' : 'done'} />
      <h2>{receipt.stateText}</h2>
      <p>{receipt.face.name}</p>
      <p className="weak">
        消费 <Price fen={receipt.amountFen} />
        ，减 <Price fen={receipt.discountFen} />
        ，收 <Price fen={receipt.payFen} />
      </p>
      <p className="weak num">小票 {receipt.receiptNo}</p>
      {receipt.canReverse ? (
        <Reverse
          run={async (reason) =>
            setReceipt(await api.guide.reverseRedemption({ params: { id: receipt.id }, body: { reason } }))
          }
          onDone={() => undefined}
        />
      ) : null}
      <Button look="calm" onClick={onClose} data-testid="coupon-next">
        下一位
      </Button>
    </section>
  );
}

const NEED_ITEMS = 'NEED_ITEMS';
const itemsOf = (pieces: Piece[]) => (pieces.length > 0 ? { items: pieces } : {});

/** The coupon again with the amount of the sale: what it takes off, or why it does not count. */
function usePriced(code: string, amountFen: number | null, pieces: Piece[]) {
  return useQuery({
    queryKey: ['coupon-look-up', code, amountFen, pieces],
    queryFn: () => api.guide.lookUpCoupon({ body: { code, amountFen: amountFen ?? 0, ...itemsOf(pieces) } }),
    enabled: amountFen !== null,
    // What was half typed below must not go away while the next answer is on its way.
    placeholderData: (before) => before,
    staleTime: 0,
  });
}

function Found({ view, code, onClose }: { view: CouponView; code: string; onClose: () => void }) {
  const [text, setText] = useState('');
  const amountFen = fenOfText(text);
  const [pieces, setPieces] = useState<Piece[]>([]);
  const priced = usePriced(code, amountFen, pieces);
  const shown = priced.data ?? view;
  const key = useRef(newKey());
  const redeem = useMutation({
    mutationFn: (wish: { amountFen: number; expectedDiscountFen: number }) =>
      api.guide.redeemCoupon({ body: { code, ...wish, ...itemsOf(pieces) }, idempotencyKey: key.current }),
  });
  const redeemOnce = useOnce(redeem);
  if (redeem.data) return <Receipt first={redeem.data} onClose={onClose} />;
  const discountFen = priced.data?.discountFen ?? null;
  const canRedeem =
    amountFen !== null && priced.data?.isUsable === true && !priced.isPlaceholderData && discountFen !== null;
  const needsPieces = pieces.length > 0 || shown.problems.some((one) => one.code === NEED_ITEMS);
  // Before an amount is known the only problem may be that there is none; goods are asked for below.
  const problems = (
    amountFen === null ? view.problems.filter(({ code: one }) => one !== 'THRESHOLD') : shown.problems
  ).filter((one) => one.code !== NEED_ITEMS);
  return (
    <section className="card counter-found" data-testid="coupon-found">
      <div className="row g8">
        <b className="grow">{shown.face.name}</b>
        <span className="chip chip-warm">
          {shown.face.worth}
          {shown.face.unit}
        </span>
      </div>
      <p className="weak">
        {shown.face.conditionText} · {shown.face.scopeText} · {shown.face.storeText}
      </p>
      <p className="weak">
        {shown.memberText} · {shown.validText}
      </p>
      <AmountField label="客人这次消费" value={text} onChange={setText} testId="coupon-amount" />
      {needsPieces ? <Pieces pieces={pieces} onChange={setPieces} /> : null}
      {problems.map((problem) => (
        <p key={problem.code} className="problem-line" data-testid="coupon-why-not">
          {problem.text}
        </p>
      ))}
      {canRedeem ? (
        <p className="row counter-sum">
          <span className="weak grow">{shown.explain}</span>
          <span>
            减 <Price fen={discountFen} />
            ，收 <Price fen={priced.data?.payFen ?? 0} />
          </span>
        </p>
      ) : null}
      {priced.isError || redeem.isError ? (
        <p className="problem-line" role="alert" data-testid="coupon-problem">
          {isUnanswered(redeem.error)
            ? '没有收到结果，可能已经核销了。再点一次「核销」，不会重复核销'
            : problemText(redeem.error ?? priced.error)}
        </p>
      ) : null}
      {priced.isError ? (
        <Button look="soft" isBusy={priced.isFetching} onClick={() => void priced.refetch()}>
          重新算一次
        </Button>
      ) : null}
      <div className="row g8">
        <Button look="plain" onClick={onClose}>
          不用了
        </Button>
        <Button
          look="main"
          className="grow"
          isBusy={redeem.isPending || priced.isFetching}
          disabled={!canRedeem}
          onClick={() => canRedeem && redeemOnce({ amountFen, expectedDiscountFen: discountFen })}
          data-testid="coupon-redeem"
        >
          核销
        </Button>
      </div>
    </section>
  );
}

/** Look up → confirm with the amount → take in → receipt. */
export function CouponDesk() {
  return (
    <CodeDesk<CouponView>
      own="COUPON"
      label="券码"
      hint="扫客人手机上的券，或者输入券码"
      read={couponCode}
      find={(code) => api.guide.lookUpCoupon({ body: { code } })}
      found={(view, code, restart) => <Found view={view} code={code} onClose={restart} />}
      testId="coupon"
    />
  );
}
