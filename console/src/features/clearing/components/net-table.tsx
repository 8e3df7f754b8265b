import type { ClearingMatrix } from '../../../lib/types';
import { Money } from '../../../ui/money';
import { Status } from '../../../ui/status';

interface NetTableProps {
  matrix: ClearingMatrix;
  /** Whose entries may be opened; none of the others is a link. */
  mayOpen: (party: string) => boolean;
  onOpen: (party: string) => void;
}

/** What each party gets and owes after setting off; the nets sum to zero. */
export function NetTable({ matrix, mayOpen, onOpen }: NetTableProps) {
  return (
    <table className="plain" data-testid="nets">
      <thead>
        <tr>
          <th>单位</th>
          <th className="right">应收</th>
          <th className="right">应付</th>
          <th className="right">轧差后</th>
          <th>结果</th>
        </tr>
      </thead>
      <tbody>
        {matrix.parties.map((one) => (
          <tr key={one.party}>
            <td>
              {mayOpen(one.party) ? (
                <button type="button" className="link" onClick={() => onOpen(one.party)}>
                  {one.name}
                </button>
              ) : (
                one.name
              )}
            </td>
            <td className="right">
              <Money fen={one.getsFen} />
            </td>
            <td className="right">
              <Money fen={one.owesFen} />
            </td>
            <td className="right">
              <Money fen={one.netFen} strong />
            </td>
            <td>
              <Status tone={one.netFen > 0 ? 'good' : one.netFen < 0 ? 'warn' : 'off'}>
                {one.netFen > 0 ? '收钱' : one.netFen < 0 ? '付钱' : '两清'}
              </Status>
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={3}>全部相加{matrix.isBalanced ? '为零，账是平的' : '不为零，请看账目自检'}</td>
          <td className="right">
            <Money fen={matrix.sumFen} isDue={!matrix.isBalanced} />
          </td>
          <td />
        </tr>
      </tfoot>
    </table>
  );
}
