import type { NoticeMoment } from '@shuke/shared/contracts';
import { useSlow } from '@/lib/use-slow';
import { useAsks } from '@/session/notices';

/**
 * Whether it is known if there are messages to offer at a moment. A page that waits for it shows once and whole, instead of
 * taking back the place that it kept for an offer; a late answer is not waited for.
 */
export function useOfferKnown(moment: NoticeMoment): boolean {
  const isOpen = useAsks(moment) === null;
  const isLate = useSlow(isOpen);
  return !isOpen || isLate;
}
