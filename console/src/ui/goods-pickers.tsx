import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useEffect, useState } from 'react';
import { api } from '../lib/api';
import { moneyText } from '../lib/money';
import type { PromotionGood } from '../lib/types';
import { knownLabel } from './known-label';

const SETTLE_MS = 250;

/** What was typed, a moment after the last key press. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/** The goods behind some SKU ids, for names and prices beside them. */
export function useNamedGoods(skuIds: readonly string[]) {
  const ids = [...new Set(skuIds)].filter((id) => /^[1-9]\d*$/.test(id)).sort();
  return useQuery({
    queryKey: ['promotion-goods', 'named', ids.join(',')],
    queryFn: () => api.console.promotionGoods({ query: { skuIds: ids.join(',') } }),
    enabled: ids.length > 0,
    staleTime: 300_000,
  });
}

export const goodText = (good: PromotionGood): string => `${good.name} ${good.spec}`.trim();

interface PickerProps<V> {
  value?: V;
  onChange?: (value: V) => void;
  placeholder?: string;
  id?: string;
  label?: string;
  testId?: string;
}

function useGoodOptions(skuIds: readonly string[]) {
  const [words, setWords] = useState('');
  const settled = useSettled(words);
  const found = useQuery({
    queryKey: ['promotion-goods', 'found', settled],
    queryFn: () => api.console.promotionGoods({ query: settled.trim() ? { q: settled.trim().slice(0, 40) } : {} }),
    staleTime: 60_000,
  });
  const named = useNamedGoods(skuIds);
  const goods = new Map([...(named.data ?? []), ...(found.data ?? [])].map((good) => [good.skuId, good]));
  const options = [...goods.values()].map((good) => ({
    value: good.skuId,
    label: goodText(good),
    note: `${good.skuCode} · ${moneyText(good.listPriceFen)}`,
  }));
  return { options, setWords, isBusy: found.isFetching, goods };
}

const optionRender = (option: { label?: React.ReactNode; data: { note?: string } }) => (
  <div>
    <div>{option.label}</div>
    <div className="muted small num">{option.data.note}</div>
  </div>
);

/** One SKU, found by name or code. */
export function SkuPicker({ value, onChange, placeholder, id, label, testId }: PickerProps<string>) {
  const { options, setWords, isBusy } = useGoodOptions(value ? [value] : []);
  return (
    <Select
      id={id}
      aria-label={label}
      showSearch={{ filterOption: false, onSearch: setWords }}
      loading={isBusy}
      options={options}
      optionRender={optionRender}
      labelRender={knownLabel(isBusy ? '正在找…' : '看不到的商品')}
      value={value || undefined}
      onChange={onChange}
      placeholder={placeholder ?? '按名称或货号找商品规格'}
      notFoundContent={isBusy ? '正在找…' : '没有找到在售的商品'}
      popupMatchSelectWidth={360}
      style={{ width: '100%' }}
      data-testid={testId}
    />
  );
}

/** Several SKUs. */
export function SkusPicker({ value = [], onChange, placeholder, id, label, testId }: PickerProps<string[]>) {
  const { options, setWords, isBusy } = useGoodOptions(value);
  return (
    <Select
      mode="multiple"
      id={id}
      aria-label={label}
      showSearch={{ filterOption: false, onSearch: setWords }}
      loading={isBusy}
      options={options}
      optionRender={optionRender}
      labelRender={knownLabel(isBusy ? '正在找…' : '看不到的商品')}
      value={value}
      onChange={onChange}
      placeholder={placeholder ?? '按名称或货号找商品规格，可多选'}
      notFoundContent={isBusy ? '正在找…' : '没有找到在售的商品'}
      maxTagCount={6}
      style={{ width: '100%' }}
      data-testid={testId}
    />
  );
}

interface ProductsPickerProps extends PickerProps<string[]> {
  /** What names a product in the value. */
  by?: 'id' | 'code';
  /** No more than this many. */
  most?: number;
  /** The product, named as in the value, that cannot be picked: the one that is being edited. */
  except?: string;
}

/** Several products, found by name or code; a brand has hundreds, so they are fetched once. */
export function ProductsPicker(props: ProductsPickerProps) {
  const { value = [], onChange, placeholder, id, label, testId, by = 'id', most, except } = props;
  const products = useQuery({
    queryKey: ['products', 'names'],
    staleTime: 300_000,
    queryFn: async () => {
      const all: { id: string; name: string; code: string }[] = [];
      let cursor: string | undefined;
      do {
        const page = await api.console.products({ query: { limit: 100, cursor } });
        all.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor && all.length < 5000);
      return all;
    },
  });
  const options = (products.data ?? [])
    .filter((one) => one[by] !== except)
    .map((one) => ({ value: one[by], label: `${one.name} ${one.code}` }));
  return (
    <Select
      mode="multiple"
      id={id}
      aria-label={label}
      showSearch={{ optionFilterProp: 'label' }}
      loading={products.isPending}
      options={options}
      labelRender={knownLabel(products.isPending ? '正在找…' : '看不到的商品')}
      value={value}
      onChange={onChange}
      placeholder={placeholder ?? '按名称或货号找商品，可多选'}
      notFoundContent={products.error ? '商品没加载出来，请刷新再试' : '没有找到这个商品'}
      maxTagCount={6}
      maxCount={most}
      style={{ width: '100%' }}
      data-testid={testId}
    />
  );
}
