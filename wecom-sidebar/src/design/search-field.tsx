import { Icon } from './icon';

interface Props {
  value: string;
  onChange: (value: string) => void;
  label: string;
  testId: string;
}

export function SearchField({ value, onChange, label, testId }: Props) {
  return (
    <div className="search">
      <Icon name="search" />
      <input
        className="field"
        type="search"
        enterKeyHint="search"
        placeholder={label}
        aria-label={label}
        maxLength={30}
        value={value}
        onChange={(e) => onChange(e.target.value)}
        data-testid={testId}
      />
    </div>
  );
}
