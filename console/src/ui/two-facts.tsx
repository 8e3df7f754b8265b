import type { ReactNode } from 'react';

interface TwoFactsProps {
  first: ReactNode;
  /** The lesser fact, beneath in small print; without it the line is left out. */
  second?: ReactNode;
  /** Both in full for the pointer, where they are cut to one line each. */
  title?: string;
}

/** A cell of two lines: what one looks for, and beneath it what belongs to it. */
export function TwoFacts({ first, second, title }: TwoFactsProps) {
  return (
    <div title={title} style={{ minWidth: 0 }}>
      <div className="clip">{first}</div>
      {second ? <div className="clip muted small">{second}</div> : null}
    </div>
  );
}
