import type { ReactNode } from 'react';

export type Tone = 'go' | 'good' | 'warn' | 'bad' | 'off' | 'idle';

/** A state in words with a mark whose shape differs by tone, so that it does not depend on colour. */
export function Status({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={`pill ${tone}`}>
      <i aria-hidden="true" />
      {children}
    </span>
  );
}
