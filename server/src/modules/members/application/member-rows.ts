import { MemberMovers, rowMover } from '../../one-id/index.js';
import { consentMover } from '../persistence/consents.store.js';
import { faceMover } from '../persistence/face.store.js';

/** What this module itself keeps of a member, and how it follows a merge. */
export function registerMemberRows(): void {
  MemberMovers.register(
    'members.1-identifiers',
    rowMover({
      subject: 'identifier',
      title: '身份标识',
      unit: '个',
      table: 'member_identifier',
      key: ['kind', 'value'],
    }),
  );
  MemberMovers.register(
    'members.2-hints',
    rowMover({
      subject: 'hint',
      title: '线索',
      unit: '条',
      table: 'member_hint',
      key: ['kind', 'value'],
      onePer: ['kind', 'value'],
      isShown: false,
    }),
  );
  MemberMovers.register(
    'members.3-memberships',
    rowMover({
      subject: 'membership',
      title: '品牌会籍',
      unit: '个',
      table: 'membership',
      key: ['sub_brand'],
      onePer: ['sub_brand'],
    }),
  );
  MemberMovers.register(
    'members.6-entries',
    rowMover({
      subject: 'store_entry',
      title: '进店记录',
      unit: '次',
      table: 'store_entry',
      key: ['id'],
      isShown: false,
    }),
  );
  MemberMovers.register('members.4-consents', consentMover);
  MemberMovers.register('members.5-face', faceMover);
}
