import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useOnce } from '../data/use-once';
import { longMemory } from '../platform/storage';
import { Button } from './button';
import { problemText } from './states';

const COMPANIES = ['顺丰速运', '京东快递', '中通快递', '圆通速递', '韵达快递', '邮政EMS'];
const LAST_KEY = 'shuke.last-courier';
const NUMBER = /^[0-9A-Za-z-]{6,40}$/;

export interface Parcel {
  company: string;
  trackingNo: string;
}
interface Props {
  buttonText: string;
  run: (parcel: Parcel) => Promise<unknown>;
  onDone: () => void;
}

/** Courier and tracking number; the courier used last is chosen already. */
export function ParcelForm({ buttonText, run, onDone }: Props) {
  const [company, setCompany] = useState(() => longMemory.get<string>(LAST_KEY) ?? COMPANIES[0]!);
  const [text, setText] = useState('');
  const trackingNo = text.replace(/\s/g, '');
  const isWrong = trackingNo !== '' && !NUMBER.test(trackingNo);
  const ship = useMutation({
    mutationFn: run,
    onSuccess: () => {
      longMemory.set(LAST_KEY, company);
      onDone();
    },
  });
  const shipOnce = useOnce(ship);
  return (
    <>
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
        onClick={() => shipOnce({ company, trackingNo })}
        data-testid="ship-confirm"
      >
        {buttonText}
      </Button>
    </>
  );
}
