import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '../../data/api';
import { keys } from '../../data/queries';
import type { InStorePayment } from '../../data/types';
import { Button } from '../../design/button';
import { Icon, type IconName } from '../../design/icon';
import { Price } from '../../design/price';
import { Reverse } from '../../design/reverse';

const ASK_EVERY_MS = 2_000;
const ICONS: Record<InStorePayment['state'], IconName> = {
  ASKING: 'clock',
  PAID: 'done',
  REFUSED: 'warn',
  EXPIRED: 'warn',
  REVERSED: 'undo',
};

/** The payment until the consumer has answered on the own phone. */
export function WalletReceipt({ first, onClose }: { first: InStorePayment; onClose: () => void }) {
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
      <Icon name={ICONS[payment.state]} />
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
