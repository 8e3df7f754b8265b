import { Checkbox, DatePicker, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { addDays, todayOf } from '../lib/time';
import { clock } from '../platform/clock';
import { knownLabel } from './known-label';

interface ChoiceProps {
  label: string;
  value: string | undefined;
  options: { value: string; label: string }[];
  onChange: (value: string | undefined) => void;
  width?: number;
  testId?: string;
  isSearchable?: boolean;
}

/** One choice from a list; empty means everything. */
export function Choice({ label, value, options, onChange, width = 132, testId, isSearchable = false }: ChoiceProps) {
  return (
    <Select
      allowClear
      aria-label={label}
      placeholder={label}
      value={value}
      options={options}
      labelRender={knownLabel('…')}
      onChange={(next?: string) => onChange(next)}
      showSearch={isSearchable ? { optionFilterProp: 'label' } : false}
      popupMatchSelectWidth={false}
      style={{ width }}
      data-testid={testId}
    />
  );
}

/** Free text; searches on Enter or on leaving, not on every letter. */
export function TextFilter(props: {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  width?: number;
  testId?: string;
}) {
  const [text, setText] = useState(props.value ?? '');
  const [seen, setSeen] = useState(props.value);
  if (seen !== props.value) {
    setSeen(props.value);
    setText(props.value ?? '');
  }
  const commit = (next: string) => {
    if ((props.value ?? '') !== next.trim()) props.onChange(next.trim() || undefined);
  };
  return (
    <Input.Search
      allowClear
      aria-label={props.label}
      placeholder={props.label}
      maxLength={40}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onSearch={commit}
      onBlur={() => commit(text)}
      style={{ width: props.width ?? 200 }}
      data-testid={props.testId}
    />
  );
}

/** A filter that is on or off; in the address it is 1 or not there. */
export function YesFilter(props: {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  return (
    <Checkbox
      checked={props.value === '1'}
      onChange={(event) => props.onChange(event.target.checked ? '1' : undefined)}
    >
      {props.label}
    </Checkbox>
  );
}

/** Business days from–to, with the periods finance asks for. */
export function DaysFilter(props: {
  from: string | undefined;
  to: string | undefined;
  onChange: (from: string | undefined, to: string | undefined) => void;
}) {
  const today = todayOf(clock.now());
  const span = (from: string, to: string): [dayjs.Dayjs, dayjs.Dayjs] => [dayjs(from), dayjs(to)];
  return (
    <DatePicker.RangePicker
      aria-label="日期范围"
      allowEmpty={[true, true]}
      value={[props.from ? dayjs(props.from) : null, props.to ? dayjs(props.to) : null]}
      onChange={(days) => props.onChange(days?.[0]?.format('YYYY-MM-DD'), days?.[1]?.format('YYYY-MM-DD'))}
      presets={[
        { label: '今天', value: span(today, today) },
        { label: '昨天', value: span(addDays(today, -1), addDays(today, -1)) },
        { label: '最近 7 天', value: span(addDays(today, -6), today) },
        { label: '本月', value: span(`${today.slice(0, 8)}01`, today) },
      ]}
      style={{ width: 232 }}
    />
  );
}
