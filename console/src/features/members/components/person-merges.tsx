import { Empty } from '../../../ui/states';
import { When } from '../../../ui/when';
import type { MemberDetail } from '../api';
import { PersonCell } from './person-cell';
import { UndoMerge } from './undo-merge';

/** Which records were put together here, each with its way back. */
export function PersonMerges({ detail }: { detail: MemberDetail }) {
  if (detail.merges.length === 0)
    return (
      <div className="card">
        <Empty title="没有合并过" hint="这位会员只有一份档案。" />
      </div>
    );
  return (
    <div className="card card-body">
      <table className="plain" data-testid="person-merges">
        <tbody>
          {detail.merges.map((merge) => (
            <tr key={merge.id}>
              <td>
                <PersonCell person={merge.from} />
              </td>
              <td>
                {merge.reason}
                <div className="muted small">
                  <When at={merge.mergedAt} /> · {merge.by}
                </div>
              </td>
              <td className="muted small">
                {merge.rows.map((one) => `${one.title} ${one.count}`).join('、')}
                {merge.unmergedAt ? `（已拆回：${merge.unmergeReason ?? ''}）` : ''}
              </td>
              <td className="right">{merge.unmergedAt ? null : <UndoMerge merge={merge} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
