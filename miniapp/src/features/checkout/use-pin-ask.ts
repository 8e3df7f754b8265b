import type { CheckoutPreview } from '@shuke/shared/contracts';
import { useRef, useState } from 'react';
import type { Trouble } from '@/lib/errors';

/** What the sheet of the wallet's PIN asks for: the PIN itself, or one to be set first. */
export interface PinAsk {
  hasPin: boolean;
  /** Why the PIN of before did not do, with the tries that are left. */
  problem: string | null;
}

const PIN_CODES: readonly string[] = ['WALLET_PIN_NEEDED', 'PIN_WRONG', 'PIN_LOCKED', 'PIN_MISSING'];

/** Asks for the wallet's PIN where an order needs it, and again where it was refused. */
export function usePinAsk() {
  const [ask, setAsk] = useState<PinAsk | null>(null);
  /** The preview of before does not know a PIN that was set since. */
  const wasGiven = useRef(false);
  return {
    ask,
    close: () => setAsk(null),
    /** Opens the sheet and answers true when the order needs a PIN that was not given. */
    isMissing: (shown: CheckoutPreview, pin: string | undefined): boolean => {
      if (pin) wasGiven.current = true;
      const isAsking = shown.needsWalletPin === true && !pin;
      setAsk(isAsking ? { hasPin: shown.hasWalletPin !== false || wasGiven.current, problem: null } : null);
      return isAsking;
    },
    /** Opens the sheet again and answers true when the refusal is about the PIN. */
    isAbout: ({ code, message }: Trouble): boolean => {
      if (!PIN_CODES.includes(code)) return false;
      setAsk({ hasPin: code !== 'PIN_MISSING', problem: code === 'WALLET_PIN_NEEDED' ? null : message });
      return true;
    },
  };
}
