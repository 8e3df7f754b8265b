import { exactText, whenText } from '../data/words';
import { clock } from '../platform/clock';

/** A moment as people say it; the exact instant shows on hover or long press. */
export function When({ at, className }: { at: string; className?: string }) {
  return (
    <time dateTime={at} title={exactText(at)} className={className}>
      {whenText(at, clock.now())}
    </time>
  );
}
