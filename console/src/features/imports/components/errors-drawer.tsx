import { Button, Drawer } from 'antd';
import { api } from '../../../lib/api';
import { usePages } from '../../../lib/query';
import type { Import, ImportError } from '../../../lib/types';
import { Empty, LoadFailed } from '../../../ui/states';
import { useFocusBack } from '../../../ui/use-focus-back';

/** The rows that could not be imported: where, what was written there, and why. */
export function ErrorsDrawer({ row, onClose }: { row: Import; onClose: () => void }) {
  useFocusBack();
  const errors = usePages<ImportError>(['import-errors', row.id], (page) =>
    api.console.importErrors({ params: { id: row.id }, query: page }),
  );
  return (
    <Drawer title={`没导入的行 · ${row.source}`} open onClose={onClose} size={820}>
      {errors.error && errors.rows.length === 0 ? (
        <LoadFailed error={errors.error} onRetry={() => void errors.refetch()} />
      ) : errors.isPending ? (
        <p className="muted" role="status">
          正在加载…
        </p>
      ) : errors.rows.length === 0 ? (
        <Empty title="所有行都导入了" />
      ) : (
        <table className="plain" data-testid="import-error-rows">
          <thead>
            <tr>
              <th className="right">行号</th>
              <th>问题</th>
              <th>原文</th>
            </tr>
          </thead>
          <tbody>
            {errors.rows.map((error) => (
              <tr key={error.row}>
                <td className="right num">{error.row}</td>
                <td style={{ minWidth: 200 }}>{error.problem}</td>
                <td className="mono" style={{ overflowWrap: 'anywhere' }}>
                  {error.text}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {errors.hasNextPage ? (
        <Button
          style={{ marginTop: 12 }}
          loading={errors.isFetchingNextPage}
          onClick={() => void errors.fetchNextPage()}
        >
          加载更多
        </Button>
      ) : null}
    </Drawer>
  );
}
