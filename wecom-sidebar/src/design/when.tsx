import { exactText, untilText, whenText } from '../data/words';
import { clock } from '../platform/clock';

/** A moment as people say it; the exact instant shows on hover or long press. */
export function When({ at, className }: { at: string; className?: string }) {
  return (
    <time dateTime={at} title={exactText(at)} className={className}>
      {whenText(at, clock.now())}
    </time>
  );
}

/** A deadline: the hour matters, so it always shows. */
export function Until({ at }: { at: string }) {
  return (
    <time dateTime={at} title={exactText(at)}>
      {untilText(at, clock.now())}
    </time>
  );
}
