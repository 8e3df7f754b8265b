import { keyed } from '../../../lib/keys';
import type { Invariant } from '../../../lib/types';

/** The rows that break a promise, as the check found them. */
export function BrokenRows({ rows }: { rows: Invariant['rows'] }) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (rows.length === 0) return <p className="danger small">检查没有返回具体的行，请把编号告诉技术支持。</p>;
  return (
    <div className="plain-scroll" style={{ margin: '10px 0 4px' }} data-testid="broken-rows">
      <table className="plain">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column}>{column}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {keyed(rows, JSON.stringify).map(({ key, row }) => (
            <tr key={key}>
              {columns.map((column) => (
                <td key={column} className="num">
                  {row[column] === null || row[column] === undefined ? '—' : String(row[column])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
