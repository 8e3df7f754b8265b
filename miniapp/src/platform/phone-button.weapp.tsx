import { Button as NativeButton } from '@tarojs/components';
import type { ReactNode } from 'react';
import { WxError } from './wx-types';

export interface PhoneButtonProps {
  children: ReactNode;
  isBusy?: boolean;
  onCode(code: string): void;
  onRefuse(error: WxError): void;
}

/** WeChat hands out phone numbers only to its own button. */
export function PhoneButton({ children, isBusy, onCode, onRefuse }: PhoneButtonProps) {
  return (
    <NativeButton
      className="btn btn-soft btn-small"
      openType="getPhoneNumber"
      disabled={isBusy}
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
