import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../data/api';
import type { OrderSummary } from '../../data/types';
import { useOnce } from '../../data/use-once';
import { Button } from '../../design/button';
import { Sheet } from '../../design/sheet';
import { snack } from '../../design/snackbar';
import { problemText } from '../../design/states';
import { longMemory } from '../../platform/storage';

const COMPANIES = ['顺丰速运', '京东快递', '中通快递', '圆通速递', '韵达快递', '邮政EMS'];
const LAST_KEY = 'shuke.last-courier';
const NUMBER = /^[0-9A-Za-z-]{6,40}$/;

/** Courier and tracking number; the courier used last is chosen already. */
export function ShipSheet({ order, onClose }: { order: OrderSummary | null; onClose: () => void }) {
  const client = useQueryClient();
  const [company, setCompany] = useState(() => longMemory.get<string>(LAST_KEY) ?? COMPANIES[0]!);
  const [text, setText] = useState('');
  const trackingNo = text.replace(/\s/g, '');
  const isWrong = trackingNo !== '' && !NUMBER.test(trackingNo);
  const ship = useMutation({
    mutationFn: (id: string) => api.guide.ship({ params: { id }, body: { company, trackingNo } }),
    onSuccess: () => {
      longMemory.set(LAST_KEY, company);
      snack('已发货，客人会收到通知');
      void client.invalidateQueries({ queryKey: ['store-orders'] });
      onClose();
    },
  });
  const shipOnce = useOnce(ship);
  return (
    <Sheet title="填写物流" isOpen={order !== null} onClose={onClose} testId="ship-sheet">
      <fieldset className="couriers" aria-label="快递公司">
        {COMPANIES.map((name) => (
          <button
            type="button"
            key={name}
            aria-pressed={name === company}
            onClick={() => setCompany(name)}
            className="courier"
          >
            {name}
          </button>
        ))}
      </fieldset>
      <label className="weak" htmlFor="tracking">
        运单号
      </label>
      <input
        id="tracking"
        className="field num"
        autoComplete="off"
        placeholder="扫描或输入运单号"
        maxLength={44}
        value={text}
        aria-invalid={isWrong}
        onChange={(e) => setText(e.target.value)}
        data-testid="ship-tracking"
      />
      {isWrong ? <p className="problem-line">运单号应为 6–40 位字母、数字或短横线</p> : null}
      {ship.isError ? (
        <p className="problem-line" role="alert">
          {problemText(ship.error)}
        </p>
      ) : null}
      <Button
        look="main"
        isBlock
        className="sheet-main"
        isBusy={ship.isPending}
        disabled={!NUMBER.test(trackingNo)}
        onClick={() => order && shipOnce(order.id)}
        data-testid="ship-confirm"
      >
        确认发货
      </Button>
    </Sheet>
  );
}
