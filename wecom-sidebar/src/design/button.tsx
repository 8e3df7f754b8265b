import type { ButtonHTMLAttributes, ReactNode } from 'react';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: 'main' | 'calm' | 'soft' | 'plain' | 'link' | 'icon';
  isBusy?: boolean;
  isBlock?: boolean;
  children: ReactNode;
}

/** Keeps its words and width while busy, so nothing jumps under the finger. */
export function Button({
  look = 'calm',
  isBusy = false,
  isBlock = false,
  className,
  disabled,
  children,
  ...rest
}: Props) {
  const names = ['btn', `btn-${look}`, isBlock ? 'btn-block' : '', className ?? ''].filter(Boolean).join(' ');
  return (
    <button type="button" className={names} disabled={disabled || isBusy} aria-busy={isBusy || undefined} {...rest}>
      {isBusy ? <span className="spin" aria-hidden="true" /> : null}
      {children}
    </button>
  );
}
