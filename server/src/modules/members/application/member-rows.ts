import { MemberAssets, MemberMovers, rowAsset, rowMover } from '../../one-id/index.js';
import { consentMover } from '../persistence/consent-mover.js';
import { faceMover } from '../persistence/face.store.js';

/** What tells rows of one member apart where no number does. */
const EVENT_KEY = "CONCAT_WS(' ', at, purpose, sub_brand)";
const HINT_KEY = "CONCAT_WS(' ', kind, value)";

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
  registerCopies();
}

/** The parts of the data export that are no asset; identities and the present consents stand in the record itself. */
function registerCopies(): void {
  const consents = {
    purpose: '事项',
    sub_brand: '品牌',
    version: '版本',
    is_given: '同意',
    source: '来源',
    at: '时间',
  };
  const hints = { kind: '类型', value: '内容', source: '来源', at: '时间' };
  const entries = { store_id: '门店编号', rule: '按什么进的店', at: '时间' };
  MemberAssets.register(
    'members.consents',
    rowAsset({ table: 'consent_event', list: '授权记录', by: EVENT_KEY, columns: consents, onLeave: 'DELETE' }),
  );
  MemberAssets.register(
    'members.hints',
    rowAsset({ table: 'member_hint', list: '用来认出你的线索', by: HINT_KEY, columns: hints, onLeave: 'DELETE' }),
  );
  MemberAssets.register(
    'members.entries',
    rowAsset({ table: 'store_entry', list: '进店记录', by: 'id', columns: entries, onLeave: 'UNLINK' }),
  );
  MemberAssets.register(
    'members.events',
    rowAsset({
      table: 'member_event',
      list: '会员记录的变化',
      by: 'id',
      columns: { text: '说明', at: '时间' },
      onLeave: 'KEEP',
    }),
  );
}
