import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { exactText } from '../lib/time';

interface InstantInputProps {
  /** UTC instant as ISO text. */
  value?: string | null;
  onChange?: (instant: string | null) => void;
  label?: string;
  id?: string;
  width?: number | string;
  testId?: string;
}

/** A minute in Beijing time, whatever zone the browser is in; kept as a UTC instant. */
export function InstantInput({ value, onChange, label, id, width = 200, testId }: InstantInputProps) {
  return (
    <DatePicker
      id={id}
      aria-label={label}
      showTime={{ format: 'HH:mm' }}
      format="YYYY-MM-DD HH:mm"
      // The picker shows what the instant reads in Shanghai, as if it were local.
      value={value ? dayjs(exactText(value)) : null}
      onChange={(day) => onChange?.(day ? new Date(`${day.format('YYYY-MM-DDTHH:mm')}:00+08:00`).toISOString() : null)}
      style={{ width }}
      data-testid={testId}
    />
  );
}
