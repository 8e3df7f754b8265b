import { useMutation } from '@tanstack/react-query';
import { type ButtonProps, Input, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import type { ListingSku } from '../../../lib/types';
import { ActionFailed } from '../../../ui/states';
import { useFocusBack } from '../../../ui/use-focus-back';
import { useListingActions } from '../api';

interface StockModalProps {
  storeId: string;
  sku: ListingSku;
  name: string;
  onClose: () => void;
}

/** Counts the pieces of one SKU and sets its safety stock; every change carries its reason. */
export function StockModal({ storeId, sku, name, onClose }: StockModalProps) {
  useFocusBack();
  const [onHand, setOnHand] = useState<number | null>(sku.onHand);
  const [safety, setSafety] = useState<number | null>(sku.safety);
  const [reason, setReason] = useState('');
  const { stock } = useListingActions(storeId);
  const save = useMutation({
    mutationFn: () =>
      stock(sku.skuId, {
        ...(onHand !== null && onHand !== sku.onHand ? { onHand } : {}),
        ...(safety !== null && safety !== sku.safety ? { safety } : {}),
        reason: reason.trim(),
      }),
    onSuccess: onClose,
  });
  const isChanged = onHand !== sku.onHand || safety !== sku.safety;
  const isReady = onHand !== null && safety !== null && isChanged && reason.trim().length >= 2;
  const setAside = sku.setAside ?? 0;
  const available = (onHand ?? 0) - sku.reserved - (safety ?? 0) - setAside;
  return (
    <Modal
      title={`${name} ${sku.colour} / ${sku.size}`}
      open
      onCancel={onClose}
      onOk={() => save.mutate()}
      okText="保存"
      cancelText="取消"
      okButtonProps={{ disabled: !isReady, 'data-testid': 'stock-save' } as ButtonProps}
      confirmLoading={save.isPending}
      width={440}
    >
      <div className="stack">
        <div className="row">
          <div className="stack tight grow">
            <label htmlFor="stock-onhand">实际在库</label>
            <InputNumber
              id="stock-onhand"
              min={0}
              max={1_000_000}
              precision={0}
              value={onHand}
              onChange={setOnHand}
              style={{ width: '100%' }}
              data-testid="stock-onhand"
            />
          </div>
          <div className="stack tight grow">
            <label htmlFor="stock-safety">安全库存（留着不卖）</label>
            <InputNumber
              id="stock-safety"
              min={0}
              max={100_000}
              precision={0}
              value={safety}
              onChange={setSafety}
              style={{ width: '100%' }}
              data-testid="stock-safety"
            />
          </div>
        </div>
        <p className={available < 0 ? 'warn' : 'muted'}>
          保存后可售 {Math.max(available, 0)} 件 = 在库 {onHand ?? 0} − 订单占用 {sku.reserved} − 安全库存 {safety ?? 0}
          {setAside > 0 ? ` − 秒杀专留 ${setAside}` : ''}
        </p>
        <div className="stack tight">
          <label htmlFor="stock-reason">原因</label>
          <Input
            id="stock-reason"
            maxLength={60}
            placeholder="比如：晚间盘点、调拨到货（至少两个字）"
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            data-testid="stock-reason"
          />
        </div>
        <ActionFailed error={save.error} title="库存没有保存" />
      </div>
    </Modal>
  );
}
