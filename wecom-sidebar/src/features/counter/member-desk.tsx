import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api } from '../../data/api';
import { newKey } from '../../data/new-key';
import { keys } from '../../data/queries';
import type { CodeOwner, InStorePayment } from '../../data/types';
import { useOnce } from '../../data/use-once';
import { Button } from '../../design/button';
import { Icon } from '../../design/icon';
import { Price } from '../../design/price';
import { Reverse } from '../../design/reverse';
import { problemText } from '../../design/states';
import { AmountField } from './amount-field';
import { CodeDesk } from './code-desk';
import { fenOfText } from './yuan';

const ASK_EVERY_MS = 2_000;
const digits18 = (text: string) => /\d{18}/.exec(text.replace(/\s/g, ''))?.[0] ?? null;

/** The payment until the consumer has answered on the own phone. */
function Payment({ first, onClose }: { first: InStorePayment; onClose: () => void }) {
  const client = useQueryClient();
  const { data: payment = first } = useQuery({
    queryKey: ['in-store-payment', first.id],
    queryFn: () => api.guide.inStorePayment({ params: { id: first.id } }),
    initialData: first,
    refetchInterval: (query) => (query.state.data?.state === 'ASKING' ? ASK_EVERY_MS : false),
  });
  useEffect(() => {
    if (payment.state !== 'ASKING') void client.invalidateQueries({ queryKey: keys.inStorePayments });
  }, [client, payment.state]);
  const isPaid = payment.state === 'PAID';
  return (
    <section className="card receipt" data-testid="wallet-receipt">
      <Icon name={isPaid ? 'done' : payment.state === 'ASKING' ? 'clock' : 'warn'} />
      <h2>{payment.stateText}</h2>
      <Price fen={payment.amountFen} />
      <p className="weak">
        {payment.memberName}
        {isPaid ? (
          <>
            {' '}
            · 本金 <Price fen={payment.principalFen} /> 赠金 <Price fen={payment.bonusFen} />
          </>
        ) : null}
      </p>
      {payment.state === 'ASKING' ? <p className="weak">请客人在手机上输入付款密码</p> : null}
      <p className="weak num">流水 {payment.paymentNo}</p>
      {payment.canReverse ? (
        <Reverse
          run={(reason) => api.guide.reverseInStorePayment({ params: { id: payment.id }, body: { reason } })}
          onDone={() => void client.invalidateQueries({ queryKey: ['in-store-payment', payment.id] })}
        />
      ) : null}
      <Button look="calm" onClick={onClose} data-testid="wallet-next">
        下一位
      </Button>
    </section>
  );
}

function Owner({ owner, code, onClose }: { owner: CodeOwner; code: string; onClose: () => void }) {
  const [text, setText] = useState('');
  const [note, setNote] = useState('');
  const amountFen = fenOfText(text);
  const key = useRef(newKey());
  const charge = useMutation({
    mutationFn: (amount: number) =>
      api.guide.chargePayCode({
        body: { code, amountFen: amount, ...(note.trim() ? { note: note.trim() } : {}) },
        idempotencyKey: key.current,
      }),
  });
  const chargeOnce = useOnce(charge);
  if (charge.data) return <Payment first={charge.data} onClose={onClose} />;
  const { profile } = owner;
  const canPay = owner.kind === 'PAY' && !owner.isFrozen;
  const tooMuch = amountFen !== null && owner.walletAvailableFen !== null && amountFen > owner.walletAvailableFen;
  return (
    <section className="card counter-found" data-testid="member-found">
      <div className="row g8">
        <b className="grow ellipsis">{profile.nickname || `会员 ${profile.memberNo.slice(-4)}`}</b>
        <span className="chip chip-warm">{profile.levelName}</span>
      </div>
      <p className="weak">
        {profile.phoneMasked ?? '没有手机号'} · 积分 <span className="num">{owner.points}</span>
        {owner.walletAvailableFen === null ? null : (
          <>
            {' '}
            · 余额 <Price fen={owner.walletAvailableFen} />
          </>
        )}
      </p>
      {owner.isFrozen ? <p className="problem-line">客人的钱包已冻结，暂时不能付款</p> : null}
      {canPay ? (
        <>
          <AmountField label="收多少" value={text} onChange={setText} testId="wallet-amount" />
          <input
            className="field"
            placeholder="备注（可不填），如 羽绒服 1 件"
            aria-label="备注"
            maxLength={60}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
          {tooMuch ? <p className="problem-line">余额不够</p> : null}
          {amountFen !== null && amountFen > owner.pinAboveFen ? (
            <p className="weak">超过限额，客人要在手机上输入密码</p>
          ) : null}
          {charge.isError ? (
            <p className="problem-line" role="alert" data-testid="wallet-problem">
              {problemText(charge.error)}
            </p>
          ) : null}
        </>
      ) : (
        <p className="weak">这是会员码，只能认人；收款请客人切到「余额付款」</p>
      )}
      <div className="row g8">
        <Button look="plain" onClick={onClose}>
          {canPay ? '不是这位' : '关闭'}
        </Button>
        {canPay ? (
          <Button
            look="main"
            className="grow"
            isBusy={charge.isPending}
            disabled={amountFen === null || tooMuch}
            onClick={() => amountFen !== null && chargeOnce(amountFen)}
            data-testid="wallet-charge"
          >
            确认收款
          </Button>
        ) : null}
      </div>
    </section>
  );
}

/** The consumer shows a code that lives a minute: who is it, and a payment from the wallet. */
export function MemberDesk() {
  return (
    <CodeDesk<CodeOwner>
      label="会员码 / 付款码"
      hint="客人小程序「我的 → 会员码」里的 18 位数字，一分钟一换"
      read={digits18}
      find={(code) => api.guide.lookUpCode({ body: { code } })}
      found={(owner, code, restart) => <Owner owner={owner} code={code} onClose={restart} />}
      testId="member"
    />
  );
}
