import { describe, expect, it } from 'vitest';
import { safeBack } from '../features/session/login-page';
import { activePath, navFor } from './nav';

describe('the navigation', () => {
  it('shows a franchisee neither rules, catalogue, tasks nor imports', () => {
    const paths = navFor(false).flatMap((group) => group.items.map((item) => item.path));
    for (const hidden of ['/rules', '/products', '/tasks', '/imports', '/members', '/levels', '/notices', '/mall'])
      expect(paths).not.toContain(hidden);
    expect(paths).toEqual(expect.arrayContaining(['/', '/orders', '/splits', '/statements', '/stores']));
  });
  it('keeps the section lit on the pages below it', () => {
    expect([activePath('/splits/12'), activePath('/')]).toEqual(['/splits', '/']);
  });
  it('returns after login only to a place inside the console', () => {
    expect(['/orders?state=TO_SHIP', '//evil.test', '/\\evil.test', 'https://evil.test', null].map(safeBack)).toEqual([
      '/orders?state=TO_SHIP',
      '/',
      '/',
      '/',
      '/',
    ]);
  });
});
