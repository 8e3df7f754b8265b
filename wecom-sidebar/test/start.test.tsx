import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { App } from '../src/app/app';
import { makeQueryClient } from '../src/data/queries';
import { browser } from '../src/platform/browser';
import { CONTACT_PREFIX, saveSession } from '../src/session/session';
import { fakeServer } from './fake-server';
import { fakeWecom } from './fake-wecom';
import { Refusal } from './fixtures/answers';
import { contact, guide, NOW } from './fixtures/people';

const leaveTo = vi.fn();
beforeEach(() => {
  leaveTo.mockReset();
  vi.spyOn(browser, 'leaveTo').mockImplementation(leaveTo);
});
const open = (wecom = fakeWecom()) => render(<App wecom={wecom} client={makeQueryClient()} />);
const known = () => saveSession({ token: 'tok-0', guide, role: 'GUIDE' });
const returned = () => window.history.replaceState(null, '', '/sidebar/?code=c0de&state=st1');

describe('opening the app', () => {
  it('sends an unknown guide to the WeCom login with the page as the way back', async () => {
    window.history.replaceState(null, '', '/sidebar/?a=1#/customers');
    const server = fakeServer();
    const wecom = fakeWecom();
    open(wecom);
    await waitFor(() => expect(leaveTo).toHaveBeenCalledWith(expect.stringContaining('open.weixin.qq.com')));
    expect(server.named('/oauth-url')[0]!.body).toEqual({ redirectUri: 'http://127.0.0.1:7321/sidebar/?a=1' });
    expect(wecom.start).not.toHaveBeenCalled();
  });

  it('finishes the login on the way back, with a clean address and the old fragment before the SDK starts', async () => {
    sessionStorage.setItem('shuke.oauth', JSON.stringify({ state: 'st1', hash: '#/customers' }));
    window.history.replaceState(null, '', '/sidebar/?a=1&code=c0de&state=st1');
    const server = fakeServer();
    let signedAt = '';
    const wecom = fakeWecom({
      entry: vi.fn(async () => 'normal'),
      start: () => {
        signedAt = window.location.href;
      },
    });
    open(wecom);
    expect(await screen.findByTestId('customer-list')).toBeTruthy();
    expect(signedAt).toBe('http://127.0.0.1:7321/sidebar/?a=1#/customers');
    expect(server.named('/login')[0]!.body).toEqual({ code: 'c0de', state: 'st1' });
  });

  it('does not use a code that belongs to another login', async () => {
    sessionStorage.setItem('shuke.oauth', JSON.stringify({ state: 'st1', hash: '' }));
    window.history.replaceState(null, '', '/sidebar/?code=planted&state=other');
    const server = fakeServer();
    open();
    await waitFor(() => expect(leaveTo).toHaveBeenCalled());
    expect(server.named('/login')).toEqual([]);
  });

  it('shows the chat side to whoever opens it beside a chat', async () => {
    returned();
    fakeServer();
    open();
    expect(await screen.findByTestId('contact-screen')).toBeTruthy();
  });

  it('wecom-25: opened from the workbench it shows the morning, not an error', async () => {
    returned();
    fakeServer();
    const wecom = fakeWecom({ entry: vi.fn(async () => 'normal') });
    open(wecom);
    expect(await screen.findByTestId('today-page')).toBeTruthy();
    expect(wecom.currentContact).not.toHaveBeenCalled();
  });

  it('outside WeCom it asks to open it there, and still offers the login for the workbench', async () => {
    fakeServer();
    open(fakeWecom({ isInside: false }));
    expect(await screen.findByText('请在企业微信里打开')).toBeTruthy();
    fireEvent.click(screen.getByTestId('outside-login'));
    await waitFor(() => expect(leaveTo).toHaveBeenCalled());
  });

  it('logs in again once when the server no longer knows the token', async () => {
    returned();
    fakeServer({ 'GET /api/g/contacts/:x': () => new Refusal(401, 'UNAUTHORIZED', '请重新登录') });
    open();
    await waitFor(() => expect(leaveTo).toHaveBeenCalledTimes(1));
    expect(localStorage.getItem('shuke.session')).toBeNull();
  });

  it('does not trust a login that another guide may have left in this client', async () => {
    known();
    const server = fakeServer();
    open();
    await waitFor(() => expect(leaveTo).toHaveBeenCalledTimes(1));
    expect(server.named('/contacts')).toEqual([]);
  });

  it('without a network shows the last seen contact instead of a failed login', async () => {
    known();
    sessionStorage.setItem(
      `${CONTACT_PREFIX}${contact.externalUserId}`,
      JSON.stringify({ at: NOW - 60_000, view: contact }),
    );
    const lost = () => {
      throw new TypeError('no network');
    };
    fakeServer({ 'POST /api/g/oauth-url': lost, 'GET /api/g/contacts/:x': lost });
    open();
    expect((await screen.findByTestId('contact-name')).textContent).toBe('陈屿 徒步');
    expect(await screen.findByTestId('stale', {}, { timeout: 4000 })).toBeTruthy();
  });

  it('stops going round when the login does not hold', async () => {
    fakeServer();
    for (let i = 0; i < 8; i++) {
      const { unmount } = open();
      await waitFor(() => expect(leaveTo).toHaveBeenCalledTimes(i + 1));
      unmount();
    }
    open();
    expect((await screen.findByTestId('problem')).textContent).toContain('反复登录');
    expect(leaveTo).toHaveBeenCalledTimes(8);
  });
});
