import { useMutation } from '@tanstack/react-query';
import { api } from '../../data/api';
import type { AfterSaleCase } from '../../data/types';
import { useOnce } from '../../data/use-once';
import { Button } from '../../design/button';
import { Icon } from '../../design/icon';
import { Thumb } from '../../design/pictures';
import { Price } from '../../design/price';
import { problemText } from '../../design/states';
import { CodeDesk } from './code-desk';

const returnCode = (text: string) => /[0-9A-Z]{8,12}/.exec(text.toUpperCase().replace(/\s/g, ''))?.[0] ?? null;

function Found({ one, code, onClose }: { one: AfterSaleCase; code: string; onClose: () => void }) {
  const receive = useMutation({
    mutationFn: (wanted: string) => api.guide.receiveReturn({ params: { code: wanted }, body: {} }),
  });
  const receiveOnce = useOnce(receive);
  const done = receive.data;
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
        <b className="grow">{one.kindText}</b>
        <span className="chip">{one.stateText}</span>
      </div>
      <p className="weak">
        {one.memberName ?? '客人'} · 售后单 {one.caseNo} · {one.storeName}售出
      </p>
      {one.lines.map((line) => (
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
      <p className="weak">{one.reasonText}</p>
      {one.refundFen > 0 ? (
        <p className="row counter-sum">
          <span className="weak grow">收到后退给客人</span>
          <Price fen={one.refundFen} />
        </p>
      ) : null}
      {receive.isError ? (
        <p className="problem-line" role="alert">
          {problemText(receive.error)}
        </p>
      ) : null}
      <div className="row g8">
        <Button look="plain" onClick={onClose}>
          关闭
        </Button>
        {one.canReceive ? (
          <Button
            look="main"
            className="grow"
            isBusy={receive.isPending}
            onClick={() => receiveOnce(code)}
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
      label="退货码"
      hint="客人售后单上的退货码；别的门店卖出的也可以收"
      read={returnCode}
      find={(code) => api.guide.lookUpReturn({ params: { code } })}
      found={(one, code, restart) => <Found one={one} code={code} onClose={restart} />}
      testId="return"
    />
  );
}
