import { Input, View } from '@tarojs/components';
import { useState } from 'react';
import { Button } from '@/ui/button';
import { Sheet } from '@/ui/sheet';

export interface SendBackSheetProps {
  isOpen: boolean;
  isBusy: boolean;
  onClose(): void;
  onSend(company: string, trackingNo: string): void;
}

const COMPANIES = ['顺丰速运', '京东快递', '中通快递', '圆通速递', '韵达快递', '邮政 EMS'];

/** The parcel on its way back. */
export function SendBackSheet({ isOpen, isBusy, onClose, onSend }: SendBackSheetProps) {
  const [company, setCompany] = useState('');
  const [trackingNo, setTrackingNo] = useState('');
  const number = trackingNo.trim();
  const missing = !company ? '选择快递公司' : number.length < 6 ? '填写快递单号' : null;
  return (
    <Sheet
      isOpen={isOpen}
      title="填写寄回的快递"
      onClose={onClose}
      testId="send-back-sheet"
      footer={
        <Button
          isBlock
          isBusy={isBusy}
          isDisabled={missing !== null}
          onTap={() => onSend(company, number)}
          testId="send-back-submit"
        >
          {missing ?? '提交'}
        </Button>
      }
    >
      <View className="chips" role="radiogroup">
        {COMPANIES.map((one) => (
          <View
            key={one}
            className={`chip ${one === company ? 'chip-on' : ''}`}
            role="radio"
            aria-checked={one === company}
            onClick={() => setCompany(one)}
          >
            {one}
          </View>
        ))}
      </View>
      <View className="field">
        <View className="field-label">快递单号</View>
        <Input
          className="field-input"
          value={trackingNo}
          maxlength={40}
          placeholder="面单上的单号"
          data-testid="tracking-no"
          onInput={(event) => setTrackingNo(event.detail.value)}
        />
      </View>
    </Sheet>
  );
}
