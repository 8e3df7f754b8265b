import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useOnce } from '../data/use-once';
import { Button } from './button';
import { Sheet } from './sheet';
import { problemText } from './states';

interface Props {
  title: string;
  hint: string;
  placeholder: string;
  buttonText: string;
  /** The fewest characters that say something. */
  atLeast: number;
  most?: number;
  /** Words that fit often, to be tapped and changed. */
  ready?: readonly string[];
  isOpen: boolean;
  onClose: () => void;
  run: (words: string) => Promise<unknown>;
  testId: string;
}

/** Asks for a few words and does something with them; what failed is said in place and the words stay. */
export function WordsSheet(props: Props) {
  const { title, hint, placeholder, buttonText, atLeast, most = 300, ready = [], isOpen, onClose, run, testId } = props;
  const [words, setWords] = useState('');
  const act = useMutation({
    mutationFn: run,
    onSuccess: () => {
      setWords('');
      onClose();
    },
  });
  const actOnce = useOnce(act);
  const given = words.trim();
  return (
    <Sheet title={title} isOpen={isOpen} onClose={onClose} testId={`${testId}-sheet`}>
      <p className="weak">{hint}</p>
      {ready.length > 0 ? (
        <div className="ready-words">
          {ready.map((one) => (
            <button type="button" key={one} onClick={() => setWords(one)}>
              {one}
            </button>
          ))}
        </div>
      ) : null}
      <textarea
        className="field words-field"
        rows={3}
        placeholder={placeholder}
        aria-label={title}
        maxLength={most}
        value={words}
        onChange={(event) => setWords(event.target.value)}
        data-testid={`${testId}-words`}
      />
      {act.isError ? (
        <p className="problem-line" role="alert" data-testid={`${testId}-problem`}>
          {problemText(act.error)}
        </p>
      ) : null}
      <Button
        look="main"
        isBlock
        className="sheet-main"
        isBusy={act.isPending}
        disabled={given.length < atLeast}
        onClick={() => actOnce(given)}
        data-testid={`${testId}-confirm`}
      >
        {buttonText}
      </Button>
    </Sheet>
  );
}
