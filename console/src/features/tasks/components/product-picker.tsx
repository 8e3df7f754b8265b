import { Select } from 'antd';
import { useEffect, useState } from 'react';
import { moneyText } from '../../../lib/money';
import type { Product } from '../../../lib/types';
import { useProductOptions } from '../api';

interface ProductPickerProps {
  value?: string;
  onChange?: (id: string | undefined) => void;
  onPick?: (product: Product | undefined) => void;
  id?: string;
  label: string;
  testId?: string;
}

/** Finds a product on sale by name or code. */
export function ProductPicker({ value, onChange, onPick, id, label, testId }: ProductPickerProps) {
  const [text, setText] = useState('');
  const [settled, setSettled] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text.trim()), 300);
    return () => clearTimeout(timer);
  }, [text]);
  const products = useProductOptions(settled);
  const items = products.data?.items ?? [];
  return (
    <Select
      id={id}
      aria-label={label}
      allowClear
      placeholder="按名称或款号找商品"
      value={value}
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={products.isFetching}
      notFoundContent={products.isFetching ? '正在找…' : '没有找到在售的商品'}
      options={items.map((product) => ({
        value: product.id,
        label: `${product.name} · ${moneyText(product.listPriceFen)}`,
      }))}
      onChange={(next?: string) => {
        onChange?.(next);
        onPick?.(items.find((product) => product.id === next));
      }}
      data-testid={testId}
    />
  );
}
