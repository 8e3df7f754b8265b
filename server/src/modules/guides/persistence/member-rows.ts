import { MemberAssets, MemberMovers, rowAsset, rowMover } from '../../one-id/index.js';
import { bindingMover } from './binding-mover.js';

/** How bindings and their timeline follow a member who is merged or leaves. */
export function registerGuideRows(): void {
  MemberMovers.register('guides.bindings', bindingMover);
  MemberMovers.register(
    'guides.binding-events',
    rowMover({
      subject: 'binding_event',
      title: '导购关系记录',
      unit: '条',
      table: 'binding_event',
      key: ['id'],
      onePer: ['guide_id', 'evidence'],
      isShown: false,
    }),
  );
  MemberAssets.register(
    'guides.bindings',
    rowAsset({
      table: 'binding',
      list: '专属导购',
      by: 'guide_id',
      columns: { guide_id: '导购编号', store_id: '门店编号', bound_at: '从什么时候起', protected_until: '保护期至' },
      onLeave: 'DELETE',
    }),
  );
  MemberAssets.register(
    'guides.binding-events',
    rowAsset({
      table: 'binding_event',
      list: '专属导购记录',
      by: 'id',
      columns: { at: '时间', reason: '说明' },
      onLeave: 'DELETE',
    }),
  );
}
