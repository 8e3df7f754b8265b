import { useMutation } from '@tanstack/react-query';
import { api } from '../../data/api';
import { compactCode } from '../../data/shown-code';
import type { AfterSaleCase } from '../../data/types';
import { useOnce } from '../../data/use-once';
import { Button } from '../../design/button';
import { CodeDesk } from '../../design/code-desk';
import { Icon } from '../../design/icon';
import { Thumb } from '../../design/pictures';
import { Price } from '../../design/price';
import { problemText } from '../../design/states';

const returnCode = (text: string) => /^[0-9A-Z]{8,12}$/.exec(compactCode(text).toUpperCase())?.[0] ?? null;

function Found({ one, code, onClose }: { one: AfterSaleCase; code: string; onClose: () => void }) {
  const look = useMutation({ mutationFn: () => api.guide.lookUpReturn({ params: { code } }) });
  const receive = useMutation({
    mutationFn: () => api.guide.receiveReturn({ params: { code }, body: {} }),
    // A colleague may have been quicker, or this very tap has worked and only its answer was lost.
    onError: () => look.mutate(),
  });
  const receiveOnce = useOnce<void>(receive);
  const done = receive.data;
  const shown = look.data ?? one;
  if (done)
    return (
      <section className="card receipt" data-testid="return-receipt">
        <Icon name="done" />
        <h2>{done.stateText}</h2>
        <p className="weak">{done.hint}</p>
        <Button look="calm" onClick={onClose}>
          下一位
        </Button>
      </section>
    );
  return (
    <section className="card counter-found" data-testid="return-found">
      <div className="row g8">
        <b className="grow">{shown.kindText}</b>
        <span className="chip">{shown.stateText}</span>
      </div>
      <p className="weak">
        {shown.memberName ?? '客人'} · 售后单 {shown.caseNo} · {shown.storeName}售出
      </p>
      {shown.lines.map((line) => (
        <div key={line.lineId} className="row g12">
          <Thumb url={line.imageUrl} size={48} />
          <div className="grow">
            <p className="ellipsis">{line.name}</p>
            <p className="weak">
              {line.spec} × {line.qty}
            </p>
          </div>
          {line.isGift ? <span className="chip">赠品</span> : null}
        </div>
      ))}
      <p className="weak">{shown.reasonText}</p>
      {shown.refundFen > 0 ? (
        <p className="row counter-sum">
          <span className="weak grow">收到后退给客人</span>
          <Price fen={shown.refundFen} />
        </p>
      ) : null}
      {receive.isError ? (
        <p className="problem-line" role="alert">
          {shown.canReceive ? problemText(receive.error) : `这一单已经是「${shown.stateText}」了，没有再记一次`}
        </p>
      ) : null}
      <div className="row g8">
        <Button look="plain" onClick={onClose}>
          关闭
        </Button>
        {shown.canReceive ? (
          <Button
            look="main"
            className="grow"
            isBusy={receive.isPending || look.isPending}
            onClick={() => receiveOnce()}
            data-testid="return-receive"
          >
            货已收到，检查过了
          </Button>
        ) : null}
      </div>
    </section>
  );
}

/** Goods handed in at the counter, of this store or another one of the brand. */
export function ReturnDesk() {
  return (
    <CodeDesk<AfterSaleCase>
      own="RETURN"
      label="退货码"
      hint="客人售后单上的退货码；别的门店卖出的也可以收"
      read={returnCode}
      find={(code) => api.guide.lookUpReturn({ params: { code } })}
      found={(one, code, restart) => <Found one={one} code={code} onClose={restart} />}
      testId="return"
    />
  );
}
