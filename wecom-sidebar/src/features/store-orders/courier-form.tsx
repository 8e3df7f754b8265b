import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useOnce } from '../../data/use-once';
import { Button } from '../../design/button';
import { problemText } from '../../design/states';

const PHONE = /^1\d{10}$/;
interface Courier {
  courier: string;
  phone?: string;
}

/** Who takes a local delivery to the customer; the phone may be left out. */
export function CourierForm({ run, onDone }: { run: (courier: Courier) => Promise<unknown>; onDone: () => void }) {
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const send = useMutation({ mutationFn: run, onSuccess: onDone });
  const sendOnce = useOnce(send);
  const isWrong = phone !== '' && !PHONE.test(phone);
  return (
    <>
      <label className="courier-line">
        <span className="weak">谁去送</span>
        <input
          className="field"
          placeholder="姓名，或「达达骑手」"
          maxLength={30}
          value={name}
          onChange={(event) => setName(event.target.value)}
          data-testid="courier-name"
        />
      </label>
      <label className="courier-line">
        <span className="weak">电话（可不填，客人能看到）</span>
        <input
          className="field num"
          inputMode="tel"
          maxLength={11}
          value={phone}
          aria-invalid={isWrong}
          onChange={(event) => setPhone(event.target.value.replace(/\D/g, ''))}
          data-testid="courier-phone"
        />
      </label>
      {send.isError ? (
        <p className="problem-line" role="alert">
          {problemText(send.error)}
        </p>
      ) : null}
      <Button
        look="main"
        isBlock
        className="sheet-main"
        isBusy={send.isPending}
        disabled={name.trim() === '' || isWrong}
        onClick={() => sendOnce({ courier: name.trim(), ...(phone ? { phone } : {}) })}
        data-testid="courier-confirm"
      >
        货已送出
      </Button>
    </>
  );
}
