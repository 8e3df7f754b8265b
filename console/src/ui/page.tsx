import { ArrowLeftOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useLocation, useNavigate } from 'react-router';

interface PageProps {
  title: ReactNode;
  /** The list that this screen was opened from: its arrow leads back there, with the filters one came with. */
  back?: string;
  /** What this screen answers, in one line. */
  hint?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

function BackButton({ to }: { to: string }) {
  const go = useNavigate();
  // The first screen of a visit (a link from elsewhere) has nothing behind it but another site.
  const isFirst = useLocation().key === 'default';
  return (
    <Button
      type="text"
      icon={<ArrowLeftOutlined aria-hidden />}
      aria-label="返回"
      onClick={() => void (isFirst ? go(to) : go(-1))}
      className="page-back no-print"
    />
  );
}

export function PageFrame({ title, back, hint, actions, children }: PageProps) {
  return (
    <>
      <header className="page-head">
        {back ? <BackButton to={back} /> : null}
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
