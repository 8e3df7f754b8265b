import type { ReactNode } from 'react';

interface PageProps {
  title: ReactNode;
  /** What this screen answers, in one line. */
  hint?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

export function PageFrame({ title, hint, actions, children }: PageProps) {
  return (
    <>
      <header className="page-head">
        <div className="grow">
          <h1>{title}</h1>
          {hint ? <p>{hint}</p> : null}
        </div>
        {actions ? <div className="row no-print">{actions}</div> : null}
      </header>
      {children}
    </>
  );
}

export function Card({ title, extra, children }: { title: ReactNode; extra?: ReactNode; children: ReactNode }) {
  return (
    <section className="card">
      <div className="card-head">
        <h2>{title}</h2>
        {extra}
      </div>
      <div className="card-body">{children}</div>
    </section>
  );
}
