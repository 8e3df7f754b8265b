import { useRef } from 'react';
import { randomKey } from './random-key';

const NONE = { wish: '', key: '' };

/** A request key for each wish: the same wish again, after a lost answer or a payment that was left, is the same request. */
export function useWishKey() {
  const last = useRef(NONE);
  return {
    /** @param wish everything that makes it this wish and no other */
    of(wish: string): string {
      if (last.current.wish !== wish) last.current = { wish, key: randomKey() };
      return last.current.key;
    },
    /** It has come true: wishing for the same once more is another request. */
    done(): void {
      last.current = NONE;
    },
  };
}
