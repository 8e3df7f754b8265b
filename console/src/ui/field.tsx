import type { ReactNode } from 'react';

interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  problem?: string | null;
  children: ReactNode;
}

/** A labelled control with its hint, or what is wrong with it, below. */
export function Field({ label, hint, problem, children }: FieldProps) {
  return (
    <div className="field">
      <div className="field-label">{label}</div>
      {children}
      {problem ? (
        <div className="danger small" role="alert">
          {problem}
        </div>
      ) : hint ? (
        <div className="muted small">{hint}</div>
      ) : null}
    </div>
  );
}

/** Controls side by side that wrap when there is no room. */
export function FieldRow({ children }: { children: ReactNode }) {
  return <div className="field-row">{children}</div>;
}
