import { ApiError } from '@shuke/shared/api';
import { groupedText } from '@shuke/shared/kernel';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { api } from '../../data/api';
import { newKey } from '../../data/new-key';
import { keys } from '../../data/queries';
import { codeKind, compactCode } from '../../data/shown-code';
import type { CodeOwner } from '../../data/types';
import { useOnce } from '../../data/use-once';
import { Button } from '../../design/button';
import { CodeDesk } from '../../design/code-desk';
import { Price } from '../../design/price';
import { isUnanswered, problemText } from '../../design/states';
import { AmountField } from './amount-field';
import { WalletReceipt } from './wallet-receipt';
import { fenOfText } from './yuan';

/** A code lives a minute; these say that it is over, whatever was to be done with it. */
const OVER: readonly string[] = ['CODE_EXPIRED', 'CODE_USED', 'CODE_INVALID'];
const isOver = (error: unknown) => error instanceof ApiError && OVER.includes(error.code);
const memberCode = (text: string) => (codeKind(text) === 'MEMBER' ? compactCode(text) : null);

/** What is to be paid, as far as it is typed. */
interface Bill {
  amount: string;
  note: string;
}
const NO_BILL: Bill = { amount: '', note: '' };

interface OwnerProps {
  owner: CodeOwner;
  code: string;
  bill: Bill;
  onBill: (bill: Bill) => void;
  onRescan: () => void;
  onClose: () => void;
}

function useCharge(code: string, note: string) {
  const client = useQueryClient();
  // The same tap may be repeated after a lost answer: under one key the money is taken once.
  const key = useRef(newKey());
  return useMutation({
    mutationFn: (amountFen: number) =>
      api.guide.chargePayCode({
        body: { code, amountFen, ...(note.trim() ? { note: note.trim() } : {}) },
        idempotencyKey: key.current,
      }),
    onError: () => void client.invalidateQueries({ queryKey: keys.inStorePayments }),
  });
}

function Charge(props: Omit<OwnerProps, 'code'> & { charge: ReturnType<typeof useCharge> }) {
  const { owner, bill, onBill, onRescan, onClose, charge } = props;
  const { walletAvailableFen, pinAboveFen } = owner;
  const amountFen = fenOfText(bill.amount);
  const chargeOnce = useOnce(charge);
  const isTooMuch = amountFen !== null && walletAvailableFen !== null && amountFen > walletAvailableFen;
  // With another amount it would be another payment, and whether this one was made is not known yet.
  const isFixed = charge.isPending || isUnanswered(charge.error);
  return (
    <>
      <AmountField
        label="收多少"
        value={bill.amount}
        onChange={(amount) => onBill({ ...bill, amount })}
        isFixed={isFixed}
        testId="wallet-amount"
      />
      <input
        className="field"
        placeholder="备注（可不填），如 羽绒服 1 件"
        aria-label="备注"
        maxLength={60}
        value={bill.note}
        readOnly={isFixed}
        onChange={(event) => onBill({ ...bill, note: event.target.value })}
      />
      {isTooMuch ? (
        <p className="problem-line" data-testid="wallet-too-much">
          余额不够，最多能收 <Price fen={walletAvailableFen} />
          ，剩下的请客人换一种方式付
        </p>
      ) : null}
      {amountFen !== null && !isTooMuch && amountFen > pinAboveFen ? (
        <p className="weak">超过限额，客人要在手机上输入密码</p>
      ) : null}
      {charge.isError ? (
        <p className="problem-line" role="alert" data-testid="wallet-problem">
          {isUnanswered(charge.error)
            ? '没有收到结果，可能已经收了。再点一次「确认收款」，不会重复收；也可以看下面的收款记录'
            : problemText(charge.error)}
        </p>
      ) : null}
      <div className="row g8">
        <Button look="plain" onClick={onClose}>
          不是这位
        </Button>
        {isOver(charge.error) ? (
          <Button look="main" className="grow" onClick={onRescan} data-testid="wallet-rescan">
            重新扫码，金额留着
          </Button>
        ) : (
          <Button
            look="main"
            className="grow"
            isBusy={charge.isPending}
            disabled={amountFen === null || isTooMuch}
            onClick={() => amountFen !== null && chargeOnce(amountFen)}
            data-testid="wallet-charge"
          >
            确认收款
          </Button>
        )}
      </div>
    </>
  );
}

function whyNoPayment({ kind, isFrozen }: CodeOwner): string | null {
  if (kind !== 'PAY') return '这是会员码，只能认人；收款请客人切到「余额付款」';
  return isFrozen ? '客人的钱包已冻结，暂时不能付款' : null;
}

function Owner(props: OwnerProps) {
  const { owner, code, bill, onClose } = props;
  const { profile, walletAvailableFen } = owner;
  const charge = useCharge(code, bill.note);
  if (charge.data) return <WalletReceipt first={charge.data} onClose={onClose} />;
  const whyNot = whyNoPayment(owner);
  return (
    <section className="card counter-found" data-testid="member-found">
      <div className="row g8">
        <b className="grow">{profile.nickname || `会员 ${profile.memberNo.slice(-4)}`}</b>
        <span className="chip chip-warm">{profile.levelName}</span>
      </div>
      <p className="weak">
        {profile.phoneMasked ?? '没有手机号'} · 积分 <span className="num">{groupedText(owner.points)}</span>
        {walletAvailableFen === null ? null : (
          <>
            {' '}
            · 余额 <Price fen={walletAvailableFen} />
          </>
        )}
      </p>
      {whyNot === null ? (
        <Charge {...props} charge={charge} />
      ) : (
        <>
          <p className={owner.isFrozen ? 'problem-line' : 'weak'}>{whyNot}</p>
          <Button look="plain" onClick={onClose}>
            关闭
          </Button>
        </>
      )}
    </section>
  );
}

/** The consumer shows a code that lives a minute: who is it, and a payment from the wallet. */
export function MemberDesk() {
  // Kept while a code that ran out is scanned anew, so that the amount has not to be typed again.
  const [bill, setBill] = useState<Bill>(NO_BILL);
  return (
    <CodeDesk<CodeOwner>
      own="MEMBER"
      label="会员码或付款码"
      hint={
        bill.amount
          ? '请客人换一个付款码，再扫一次；金额还留着'
          : '客人小程序「我的 → 会员码」里的 18 位数字，一分钟一换'
      }
      read={memberCode}
      isDigits
      find={(code) => api.guide.lookUpCode({ body: { code } })}
      found={(owner, code, restart) => (
        <Owner
          owner={owner}
          code={code}
          bill={bill}
          onBill={setBill}
          onRescan={restart}
          onClose={() => {
            setBill(NO_BILL);
            restart();
          }}
        />
      )}
      testId="member"
    />
  );
}
