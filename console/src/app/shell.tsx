import {
  AppstoreOutlined,
  AuditOutlined,
  BellOutlined,
  CarryOutOutlined,
  CloudUploadOutlined,
  CommentOutlined,
  CrownOutlined,
  DesktopOutlined,
  EnvironmentOutlined,
  FileTextOutlined,
  FundOutlined,
  GiftOutlined,
  IdcardOutlined,
  MenuOutlined,
  PartitionOutlined,
  PercentageOutlined,
  ReconciliationOutlined,
  RedEnvelopeOutlined,
  RollbackOutlined,
  SafetyCertificateOutlined,
  ShopOutlined,
  ShoppingOutlined,
  SlidersOutlined,
  SwapOutlined,
  TagsOutlined,
  TeamOutlined,
  WalletOutlined,
} from '@ant-design/icons';
import { Button, Dropdown, Menu } from 'antd';
import type { ItemType } from 'antd/es/menu/interface';
import { type ReactNode, useEffect, useState } from 'react';
import { Link, Outlet, useLocation, useNavigation, useSearchParams } from 'react-router';
import { api, session } from '../lib/api';
import { useMe } from '../lib/me';
import type { User } from '../lib/types';
import { activePath, navFor } from './nav';
import { StoreScope } from './store-scope';

const ICONS: Record<string, ReactNode> = {
  '/': <FundOutlined aria-hidden />,
  '/orders': <ShoppingOutlined aria-hidden />,
  '/products': <TagsOutlined aria-hidden />,
  '/listings': <AppstoreOutlined aria-hidden />,
  '/splits': <PartitionOutlined aria-hidden />,
  '/rules': <SlidersOutlined aria-hidden />,
  '/statements': <FileTextOutlined aria-hidden />,
  '/invariants': <SafetyCertificateOutlined aria-hidden />,
  '/stores': <ShopOutlined aria-hidden />,
  '/members': <IdcardOutlined aria-hidden />,
  '/wallet': <WalletOutlined aria-hidden />,
  '/points': <GiftOutlined aria-hidden />,
  '/levels': <CrownOutlined aria-hidden />,
  '/notices': <BellOutlined aria-hidden />,
  '/mall': <EnvironmentOutlined aria-hidden />,
  '/approvals': <AuditOutlined aria-hidden />,
  '/guides': <TeamOutlined aria-hidden />,
  '/tasks': <CarryOutOutlined aria-hidden />,
  '/imports': <CloudUploadOutlined aria-hidden />,
  '/after-sales': <RollbackOutlined aria-hidden />,
  '/reviews': <CommentOutlined aria-hidden />,
  '/promotions': <PercentageOutlined aria-hidden />,
  '/coupons': <RedEnvelopeOutlined aria-hidden />,
  '/bills': <ReconciliationOutlined aria-hidden />,
  '/tills': <DesktopOutlined aria-hidden />,
  '/clearing': <SwapOutlined aria-hidden />,
};

function SideNav({ isHq }: { isHq: boolean }) {
  const { pathname } = useLocation();
  const [params] = useSearchParams();
  // The chosen store goes along from screen to screen; other filters belong to their own screen.
  const store = params.get('store');
  const keep = store ? `?store=${store}` : '';
  const link = (path: string, label: string) => ({
    key: path,
    icon: ICONS[path],
    label: (
      <Link to={`${path}${keep}`} data-testid={`nav-${path.slice(1) || 'today'}`}>
        {label}
      </Link>
    ),
  });
  const items = navFor(isHq).flatMap<ItemType>((group) => {
    const children = group.items.map((item) => link(item.path, item.label));
    return group.label ? [{ type: 'group' as const, key: group.label, label: group.label, children }] : children;
  });
  return <Menu theme="dark" mode="inline" selectedKeys={[activePath(pathname)]} items={items} />;
}

function UserMenu({ user }: { user: User }) {
  const logout = async () => {
    // Leaving must work even when the server cannot be told.
    await api.console.ok().catch(() => undefined);
    session.set(null);
  };
  return (
    <Dropdown
      trigger={['click']}
      menu={{ items: [{ key: 'logout', label: '退出登录', onClick: () => void logout() }] }}
    >
      <Button type="text" data-testid="user-menu">
        <span className="clip" style={{ maxWidth: 220 }}>
          {user.name}
        </span>
        <span className="muted small">{user.role === 'HQ' ? '总部' : '加盟商'}</span>
      </Button>
    </Dropdown>
  );
}

/** Where one is stays in sight: the list is longer than a small screen. */
function showActiveItem() {
  document.querySelector('.shell-side .ant-menu-item-selected')?.scrollIntoView?.({ block: 'nearest' });
}

export function Shell() {
  const user = useMe();
  const { pathname } = useLocation();
  const isMoving = useNavigation().state === 'loading';
  // On a phone the navigation lies over the page until something is chosen.
  const [isNavOpen, setNavOpen] = useState(false);
  useEffect(() => {
    if (!pathname) return;
    window.scrollTo(0, 0);
    setNavOpen(false);
    showActiveItem();
  }, [pathname]);
  return (
    <div className="shell">
      <button type="button" className="skip" onClick={() => document.getElementById('main')?.focus()}>
        跳到正文
      </button>
      {isNavOpen ? (
        <button type="button" className="shell-veil" aria-label="收起导航" onClick={() => setNavOpen(false)} />
      ) : null}
      <nav id="shell-side" className={`shell-side${isNavOpen ? ' open' : ''}`} aria-label="主导航">
        <Link to="/" className="shell-brand">
          <img src={`${import.meta.env.BASE_URL}mark.svg`} width={32} height={32} alt="" />
          <div style={{ minWidth: 0 }}>
            <b>熟客</b>
            <span className="clip" title={user.brandName}>
              {user.brandName}
            </span>
          </div>
        </Link>
        <SideNav isHq={user.role === 'HQ'} />
      </nav>
      <div className="shell-main">
        <div className="shell-top">
          <Button
            type="text"
            className="shell-more"
            icon={<MenuOutlined aria-hidden />}
            aria-label="导航"
            aria-expanded={isNavOpen}
            aria-controls="shell-side"
            onClick={() => setNavOpen(true)}
            data-testid="nav-open"
          />
          <div className="grow">
            <StoreScope />
          </div>
          <UserMenu user={user} />
        </div>
        <main
          id="main"
          tabIndex={-1}
          className="shell-body"
          aria-busy={isMoving}
          style={{ opacity: isMoving ? 0.6 : 1, outline: 'none' }}
        >
          <Outlet />
        </main>
      </div>
    </div>
  );
}
