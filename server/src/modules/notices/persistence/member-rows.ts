import { MemberAssets, MemberMovers, rowAsset, rowMover } from '../../one-id/index.js';

/** How messages, consents and switches follow a member who is merged or leaves. */
export function registerNoticeRows(): void {
  MemberMovers.register(
    'notices.sent',
    rowMover({
      subject: 'notice',
      title: '服务通知',
      unit: '条',
      table: 'notice',
      // Both may have been told of the same event, as two of one group are.
      key: ['id'],
      onePer: ['event_id', 'kind'],
      isShown: false,
    }),
  );
  MemberMovers.register(
    'notices.consents',
    rowMover({
      subject: 'notice_consent',
      title: '服务通知的同意',
      unit: '个',
      table: 'notice_consent',
      key: ['id'],
      isShown: false,
    }),
  );
  MemberMovers.register(
    'notices.choices',
    rowMover({
      subject: 'notice_choice',
      title: '关闭的通知',
      unit: '类',
      table: 'notice_choice',
      key: ['kind'],
      onePer: ['kind'],
      isShown: false,
    }),
  );
  MemberAssets.register(
    'notices.sent',
    rowAsset({
      table: 'notice',
      list: '服务通知',
      by: 'id',
      onLeave: 'DELETE',
      columns: { kind: '类型', state: '结果', created_at: '时间' },
    }),
  );
  MemberAssets.register(
    'notices.consents',
    rowAsset({
      table: 'notice_consent',
      list: '服务通知的同意',
      by: 'id',
      onLeave: 'DELETE',
      columns: { template_id: '模板', given: '同意次数', used: '已发送', answer: '最近一次', answered_at: '时间' },
    }),
  );
  MemberAssets.register(
    'notices.choices',
    rowAsset({
      table: 'notice_choice',
      list: '关闭的通知',
      by: 'kind',
      onLeave: 'DELETE',
      columns: { kind: '类型', is_stopped: '已关闭', at: '时间' },
    }),
  );
}
