import type { ReactNode } from 'react';

/**
 * For a picker whose choices come from the server: shows the name of what is picked, and words in place of its id
 * while the name is on its way or for something that cannot be seen any more.
 */
export const knownLabel =
  (unknown: string) =>
  ({ label, value }: { label?: ReactNode; value?: string | number }): ReactNode =>
    label === undefined || label === value ? <span className="muted">{unknown}</span> : label;
