import { Link, NavLink, Outlet } from 'react-router';
import { Icon, type IconName } from '../design/icon';
import './shell.css';

const PAGES: { to: string; text: string; icon: IconName }[] = [
  { to: '/today', text: '今日', icon: 'done' },
  { to: '/customers', text: '客户', icon: 'people' },
  { to: '/orders', text: '订单', icon: 'bag' },
  { to: '/counter', text: '扫一扫', icon: 'scan' },
  { to: '/earnings', text: '收入', icon: 'money' },
  { to: '/me', text: '我', icon: 'person' },
];

/** The workbench around its five pages; opened beside a chat, it keeps the way back to the customer. */
export function Shell({ isBesideChat, isInside }: { isBesideChat: boolean; isInside: boolean }) {
  return (
    <div className="shell">
      {isBesideChat ? (
        <Link className="to-chat" to="/chat" data-testid="to-chat">
          <Icon name="back" />
          回到正在聊的客户
        </Link>
      ) : null}
      {isInside ? null : (
        <p className="notice" data-testid="outside-notice">
          不在企业微信里：可以看和复制话术，发送请回企业微信
        </p>
      )}
      <main className="page">
        <Outlet />
      </main>
      <nav className="nav" aria-label="工作台">
        {PAGES.map(({ to, text, icon }) => (
          <NavLink key={to} to={to} data-testid={`nav${to.replace('/', '-')}`}>
            <Icon name={icon} />
            <span>{text}</span>
          </NavLink>
        ))}
      </nav>
    </div>
  );
}
