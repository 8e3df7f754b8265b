import type { ComponentType } from 'react';
import { createHashRouter, type RouteObject } from 'react-router';
import { LoginPage } from '../features/session/login-page';
import { HqOnly, RouteCrash, SignedIn } from './guards';

type Load = () => Promise<{ default: ComponentType }>;

/** Each screen is its own file to download; `hq` screens answer franchisees with a plain refusal. */
const lazily =
  (load: Load, audience: 'all' | 'hq'): RouteObject['lazy'] =>
  async () => {
    const { default: Screen } = await load();
    const screen = <Screen />;
    return { element: audience === 'hq' ? <HqOnly>{screen}</HqOnly> : screen };
  };
const screen = (path: string, load: Load, audience: 'all' | 'hq' = 'all'): RouteObject => ({
  path,
  lazy: lazily(load, audience),
});

const Nothing = () => null;

export const createConsoleRouter = () =>
  createHashRouter([
    { path: '/login', Component: LoginPage, errorElement: <RouteCrash /> },
    {
      path: '/',
      Component: SignedIn,
      HydrateFallback: Nothing,
      errorElement: <RouteCrash />,
      children: [
        {
          errorElement: <RouteCrash />,
          children: [
            { index: true, lazy: lazily(() => import('../features/overview/overview-page'), 'all') },
            screen('orders', () => import('./routes/orders')),
            screen('after-sales', () => import('../features/after-sales/after-sales-page')),
            screen('reviews', () => import('../features/reviews/reviews-page')),
            screen('members', () => import('../features/members/members-page'), 'hq'),
            screen('members/compare', () => import('../features/members/compare-page'), 'hq'),
            screen('members/pairs/:id', () => import('../features/members/pair-page'), 'hq'),
            screen('members/:id', () => import('../features/members/person-page'), 'hq'),
            screen('notices', () => import('../features/notices/notices-page'), 'hq'),
            screen('wallet', () => import('../features/wallet/wallet-page')),
            screen('points', () => import('../features/points/points-page')),
            screen('levels', () => import('../features/levels/levels-page'), 'hq'),
            screen('mall', () => import('../features/stores/mall-page'), 'hq'),
            screen('stores/:id', () => import('../features/stores/store-page')),
            screen('approvals', () => import('../features/products/approvals-page')),
            screen('products/:id', () => import('../features/products/product-page')),
            screen('splits', () => import('../features/splits/splits-page')),
            screen('splits/:orderId', () => import('../features/splits/order-split-page')),
            screen('promotions', () => import('../features/promotions/promotions-page')),
            screen('promotions/new', () => import('../features/promotions/promotion-edit-page')),
            screen('promotions/:id', () => import('../features/promotions/promotion-page')),
            screen('promotions/:id/edit', () => import('../features/promotions/promotion-edit-page')),
            screen('coupons', () => import('../features/coupons/coupons-page')),
            screen('coupons/new', () => import('../features/coupons/template-edit-page'), 'hq'),
            screen('coupons/:id', () => import('../features/coupons/template-page')),
            screen('coupons/:id/edit', () => import('../features/coupons/template-edit-page'), 'hq'),
            screen('clearing', () => import('../features/clearing/clearing-page')),
            screen('rules', () => import('../features/rules/rules-page'), 'hq'),
            screen('statements', () => import('../features/statements/statements-page')),
            screen('statements/:franchiseeId/:day', () => import('../features/statements/statement-page')),
            screen('bills', () => import('../features/bills/bills-page')),
            screen('tills', () => import('../features/tills/tills-page')),
            screen('invariants', () => import('../features/invariants/invariants-page')),
            screen('products', () => import('../features/products/products-page'), 'hq'),
            screen('listings', () => import('../features/listings/listings-page')),
            screen('stores', () => import('../features/stores/stores-page')),
            screen('guides', () => import('../features/guides/guides-page')),
            screen('guides/:id', () => import('../features/guides/guide-page')),
            screen('tasks', () => import('../features/tasks/tasks-page'), 'hq'),
            screen('tasks/:id', () => import('../features/tasks/task-page'), 'hq'),
            screen('imports', () => import('../features/imports/imports-page'), 'hq'),
            screen('*', () => import('./routes/not-found')),
          ],
        },
      ],
    },
  ]);
