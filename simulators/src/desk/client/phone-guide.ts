/// <reference lib="dom" />
import { get, post } from './api.js';
import { avatar, h, show } from './dom.js';
import { icon } from './icons.js';
import type { GuideProfile, Phone } from './phone-types.js';

/** WeCom's profile page of a guide, with the button that adds the guide. Resolves with true once they are contacts. */
export async function askGuide(phone: Phone, userid: string, configId?: string): Promise<boolean> {
  const guide = await get<GuideProfile>(`/desk/phone/${phone.key}/guide/${encodeURIComponent(userid)}`);
  return new Promise((done) => {
    let added = guide.status === 'normal';
    const close = (): void => {
      layer.remove();
      void phone.refresh();
      done(added);
    };
    const act = h('div', { class: 'guide-act' });
    const paint = (status: string): void => {
      if (status === 'normal') {
        show(
          act,
          h(
            'button',
            { class: 'guide-chat', type: 'button', testid: 'guide-message', onClick: close },
            icon('chat', 20),
            '发消息',
          ),
        );
      } else if (status === 'half') {
        show(act, h('p', { class: 'guide-wait' }, '已发送申请，等待对方通过'));
      } else {
        show(
          act,
          h(
            'button',
            { class: 'guide-add', type: 'button', testid: 'add-guide-button', onClick: () => void add() },
            '添加到通讯录',
          ),
        );
      }
    };
    const add = async (): Promise<void> => {
      show(act, h('p', { class: 'guide-wait' }, '正在添加…'));
      try {
        const answer = await post<{ status: string }>(`/desk/phone/${phone.key}/add-guide`, {
          userid: guide.userid,
          configId,
        });
        added = true;
        paint(answer.status);
      } catch {
        show(act, h('p', { class: 'guide-wait' }, '添加失败：对方暂时不能添加客户'));
      }
    };
    const layer = h(
      'div',
      { class: 'guide-page', testid: 'add-guide' },
      h(
        'header',
        { class: 'bar' },
        h(
          'button',
          { class: 'bar-side', type: 'button', 'aria-label': '返回', testid: 'guide-back', onClick: close },
          icon('back', 26),
        ),
      ),
      h(
        'section',
        { class: 'guide-top' },
        avatar(guide.name, guide.avatar, 68),
        h('div', {}, h('strong', {}, guide.name), h('span', { class: 'guide-corp' }, `@${guide.corp}`)),
      ),
      h(
        'section',
        { class: 'guide-rows' },
        h('div', {}, h('span', {}, '企业'), h('b', {}, guide.corp, icon('check', 16))),
        h('div', {}, h('span', {}, '职务'), h('b', {}, guide.position || '导购')),
      ),
      h('section', { class: 'guide-rows' }, h('div', {}, h('span', {}, '来源'), h('b', {}, '通过扫描二维码'))),
      act,
      h('p', { class: 'guide-note' }, '对方使用企业微信为你服务'),
    );
    paint(guide.known ? guide.status : 'none');
    phone.glass.append(layer);
  });
}
