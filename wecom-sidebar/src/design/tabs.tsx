interface Tab<K extends string> {
  key: K;
  label: string;
  count?: number;
}
interface Props<K extends string> {
  items: readonly Tab<K>[];
  active: K;
  onChange: (key: K) => void;
  label: string;
  look?: 'tabs' | 'segment';
  idPrefix: string;
}

/** Equal-width tabs; the arrow keys move between them as a keyboard user expects. */
export function Tabs<K extends string>({ items, active, onChange, label, look = 'tabs', idPrefix }: Props<K>) {
  const move = (step: number) => {
    const at = items.findIndex((item) => item.key === active);
    const next = items[(at + step + items.length) % items.length];
    if (next) {
      onChange(next.key);
      document.getElementById(`${idPrefix}-${next.key}`)?.focus();
    }
  };
  return (
    <div className={look} role="tablist" aria-label={label}>
      {items.map((item) => (
        <button
          type="button"
          role="tab"
          key={item.key}
          id={`${idPrefix}-${item.key}`}
          data-testid={`${idPrefix}-${item.key}`}
          aria-selected={item.key === active}
          tabIndex={item.key === active ? 0 : -1}
          onClick={() => onChange(item.key)}
          onKeyDown={(e) => {
            if (e.key === 'ArrowRight') move(1);
            if (e.key === 'ArrowLeft') move(-1);
          }}
        >
          {item.label}
          {item.count ? <span className="count">{item.count}</span> : null}
        </button>
      ))}
    </div>
  );
}
