import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useOnce } from '../data/use-once';
import { useUndoWords } from '../data/use-undo-words';
import { Button } from './button';
import { Sheet } from './sheet';
import { snack } from './snackbar';
import { problemText } from './states';

/** Undoing what was just done: by the same guide within the brand's minutes, or by the manager; always with a reason. */
export function Reverse({ run, onDone }: { run: (reason: string) => Promise<unknown>; onDone: () => void }) {
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const { hint } = useUndoWords();
  const reverse = useMutation({
    mutationFn: run,
    onSuccess: () => {
      snack('已撤销');
      setOpen(false);
      onDone();
    },
  });
  const reverseOnce = useOnce(reverse);
  const isSaid = reason.trim().length >= 2;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isSaid) reverseOnce(reason.trim());
  };
  return (
    <>
      <Button look="link" onClick={() => setOpen(true)} data-testid="reverse-open">
        撤销这一笔
      </Button>
      <Sheet title="撤销" isOpen={isOpen} onClose={() => setOpen(false)} testId="reverse-sheet">
        <form onSubmit={submit}>
          <p className="weak">{hint}</p>
          <input
            className="field words-field"
            placeholder="为什么撤销"
            aria-label="为什么撤销"
            maxLength={60}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            data-testid="reverse-reason"
          />
          {reverse.isError ? (
            <p className="problem-line" role="alert">
              {problemText(reverse.error)}
            </p>
          ) : null}
          <Button
            look="main"
            isBlock
            className="sheet-main"
            isBusy={reverse.isPending}
            disabled={!isSaid}
            type="submit"
            data-testid="reverse-confirm"
          >
            确认撤销
          </Button>
        </form>
      </Sheet>
    </>
  );
}
