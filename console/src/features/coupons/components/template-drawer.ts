import type { CouponTemplateDetail } from '../../../lib/types';

/** A drawer about one template. */
export interface TemplateDrawerProps {
  one: CouponTemplateDetail;
  isOpen: boolean;
  onClose: () => void;
}

/** A reason of fewer letters says nothing. */
export const LEAST_REASON = 2;
