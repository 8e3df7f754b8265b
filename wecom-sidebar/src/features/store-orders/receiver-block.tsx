import { useMutation } from '@tanstack/react-query';
import { api } from '../../data/api';
import type { Receiver } from '../../data/types';
import { useOnce } from '../../data/use-once';
import { Button } from '../../design/button';
import { snack } from '../../design/snackbar';
import { problemText } from '../../design/states';
import { copyText } from '../../platform/browser';

const lineOf = ({ name, phone, region, detail }: Receiver): string => `${name} ${phone} ${region}${detail}`;

/** Whom a parcel goes to: masked until asked for, since the customer reads who has looked. */
export function ReceiverBlock({ orderId, masked }: { orderId: string; masked: Receiver }) {
  const look = useMutation({ mutationFn: () => api.guide.receiver({ params: { id: orderId } }) });
  const lookOnce = useOnce<void>(look);
  const shown = look.data ?? masked;
  const copy = async () => {
    snack((await copyText(lineOf(shown))) ? '收件信息已复制' : '没能复制，请长按选中');
  };
  return (
    <section className="receiver" data-testid="receiver" data-shown={look.data !== undefined}>
      <div className="row g8">
        <p className="grow">
          <b>{shown.name}</b> <span className="num">{shown.phone}</span>
        </p>
        {look.data ? (
          <Button look="link" onClick={() => void copy()} data-testid="receiver-copy">
            复制
          </Button>
        ) : (
          <Button look="link" isBusy={look.isPending} onClick={() => lookOnce()} data-testid="receiver-show">
            看完整信息
          </Button>
        )}
      </div>
      <p className="receiver-place">
        {shown.region}
        {shown.detail}
      </p>
      {look.isError ? (
        <p className="problem-line" role="alert">
          {problemText(look.error)}
        </p>
      ) : (
        <p className="weak">{look.data ? '已记录，客人能看到你看过' : '为保护客人先打码；查看会留下记录'}</p>
      )}
    </section>
  );
}
