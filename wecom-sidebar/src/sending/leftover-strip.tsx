import { Button } from '../design/button';
import { cardName, type Leftover } from './use-send';

interface Props {
  leftover: Leftover | null;
  isBusy: boolean;
  onSettle: () => void;
  onDrop: () => void;
}

/** What is left of the last send and the one step that finishes it. */
export function LeftoverStrip({ leftover, isBusy, onSettle, onDrop }: Props) {
  if (!leftover) return null;
  const isCard = leftover.kind === 'CARD';
  return (
    <div className="leftover" data-testid="leftover">
      <span className="grow">
        {isCard ? `话术已发出，${cardName(leftover.prepared)}还没有` : '话术已复制，粘贴发出后记一下'}
      </span>
      <Button look="link" isBusy={isBusy} onClick={onSettle} data-testid="leftover-settle">
        {isCard ? `补发${cardName(leftover.prepared)}` : '我已发出'}
      </Button>
      <Button look="plain" onClick={onDrop}>
        不用了
      </Button>
    </div>
  );
}
