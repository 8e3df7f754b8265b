import { useState } from 'react';
import { api } from '../data/api';
import { Button } from '../design/button';
import { problemText } from '../design/states';
import { beginLogin, forgetTrips } from '../session/login';

/** Two ridges and a sun: the brand's quiet mark, drawn with the theme's own colours. */
function Mark() {
  return (
    <svg className="mark" viewBox="0 0 88 88" aria-hidden="true">
      <rect width="88" height="88" rx="22" fill="var(--paper)" />
      <circle cx="60" cy="30" r="8" fill="var(--accent)" />
      <path d="M14 64 36 30l13 20 8-11 17 25z" fill="var(--ink)" />
      <path d="m36 30 7.2 11-4.2 4-3.6-4-5 5z" fill="var(--paper)" />
    </svg>
  );
}

/** Outside WeCom nobody is known: say where to open the app, and offer the login that the workbench pages need. */
export function OutsidePage() {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const go = () => {
    setBusy(true);
    setProblem('');
    forgetTrips();
    beginLogin(api).catch((error: unknown) => {
      setProblem(problemText(error));
      setBusy(false);
    });
  };
  return (
    <main className="welcome" data-testid="outside-page">
      <Mark />
      <h1>请在企业微信里打开</h1>
      <p>在和客户的聊天里打开右侧边栏，就能看到对方是谁、该聊什么。</p>
      <Button look="main" isBusy={isBusy} onClick={go} data-testid="outside-login">
        只看工作台，用企业微信登录
      </Button>
      {problem ? (
        <p className="problem-line" role="alert">
          {problem}
        </p>
      ) : null}
    </main>
  );
}
