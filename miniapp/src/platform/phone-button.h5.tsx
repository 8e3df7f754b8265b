import type { ReactNode } from 'react';
import { Button } from '@/ui/button';
import { callFrame } from './bridge.h5';
import { WxError } from './wx-types';

export interface PhoneButtonProps {
  children: ReactNode;
  isBusy?: boolean;
  isDisabled?: boolean;
  /** The one strong button of a sheet. */
  isMain?: boolean;
  onCode(code: string): void;
  onRefuse(error: WxError): void;
}

/** The frame shows WeChat's own consent sheet. */
export function PhoneButton({ children, isBusy, isDisabled, isMain, onCode, onRefuse }: PhoneButtonProps) {
  const ask = () =>
    callFrame<{ code: string }>('getPhoneNumber').then(
      ({ code }) => onCode(code),
      (error: WxError) => onRefuse(error),
    );
  return (
    <Button
      {...(isMain ? { isBlock: true } : { kind: 'soft', isSmall: true })}
      isBusy={isBusy}
      isDisabled={isDisabled}
      testId="phone-button"
      onTap={() => void ask()}
    >
      {children}
    </Button>
  );
}
