import { Button as NativeButton } from '@tarojs/components';
import type { ReactNode } from 'react';
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

/** WeChat hands out phone numbers only to its own button. */
export function PhoneButton({ children, isBusy, isDisabled, isMain, onCode, onRefuse }: PhoneButtonProps) {
  return (
    <NativeButton
      className={`btn ${isMain ? 'btn-primary btn-block' : 'btn-soft btn-small'} ${isDisabled ? 'btn-off' : ''}`}
      openType="getPhoneNumber"
      disabled={isBusy || isDisabled}
      onGetPhoneNumber={(event) => {
        const detail = event.detail as { code?: string; errMsg?: string };
        if (detail.code) onCode(detail.code);
        else onRefuse(new WxError(detail.errMsg ?? 'getPhoneNumber:fail user deny'));
      }}
    >
      {children}
    </NativeButton>
  );
}
