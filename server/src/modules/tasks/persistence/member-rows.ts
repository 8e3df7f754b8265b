import { MemberAssets, MemberMovers, rowAsset, rowMover } from '../../one-id/index.js';

/** How tasks and sends follow a member who is merged or leaves; what a guide did stays the guide's record. */
export function registerTaskRows(): void {
  MemberMovers.register(
    'tasks.items',
    rowMover({
      subject: 'task_item',
      title: '导购任务',
      unit: '条',
      table: 'task_item',
      key: ['id'],
      isShown: false,
    }),
  );
  MemberMovers.register(
    'tasks.sends',
    rowMover({ subject: 'send', title: '导购发来的消息', unit: '条', table: 'chat_send', key: ['id'] }),
  );
  MemberAssets.register(
    'tasks.items',
    rowAsset({
      table: 'task_item',
      list: '导购任务',
      by: 'id',
      columns: { day: '日期', title: '事项', reason: '为什么想到你', words: '准备的话', state: '结果' },
      onLeave: 'UNLINK',
    }),
  );
  MemberAssets.register(
    'tasks.sends',
    rowAsset({
      table: 'chat_send',
      list: '导购发来的消息',
      by: 'id',
      columns: { created_at: '时间', words: '内容' },
      onLeave: 'UNLINK',
    }),
  );
}
