import { moneyText } from '../../../lib/money';
import type { ClearingMatrix } from '../../../lib/types';
import { Empty } from '../../../ui/states';
import { heatOf, shadeOf } from '../model';

interface HeatTableProps {
  matrix: ClearingMatrix;
  onOpen: (from: string, to: string) => void;
}

/** Who owes whom: rows owe, columns get; every amount opens its entries. */
export function HeatTable({ matrix, onOpen }: HeatTableProps) {
  const heat = heatOf(matrix);
  if (heat.rows.length === 0)
    return <Empty title="这段时间谁也不欠谁" hint="异店用券、异店花储值、异店退货之后，这里会出现往来。" />;
  return (
    <div className="plain-scroll">
      <table className="heat" data-testid="heat">
        <thead>
          <tr>
            <th>应付 ＼ 应收</th>
            {heat.columns.map((to) => (
              <th key={to.party} scope="col">
                {to.name}
              </th>
            ))}
            <th className="right">一共应付</th>
          </tr>
        </thead>
        <tbody>
          {heat.rows.map((from) => (
            <tr key={from.party}>
              <th scope="row">{from.name}</th>
              {heat.columns.map((to) => {
                const fen = heat.at(from.party, to.party);
                return (
                  <td key={to.party}>
                    {fen > 0 ? (
                      <button
                        type="button"
                        className="num"
                        style={shadeOf(fen, heat.most)}
                        aria-label={`${from.name}应付${to.name} ${moneyText(fen)}，看明细`}
                        onClick={() => onOpen(from.party, to.party)}
                        data-testid="heat-cell"
                      >
                        {moneyText(fen)}
                      </button>
                    ) : (
                      <span className="muted">·</span>
                    )}
                  </td>
                );
              })}
              <td className="right num">
                <span>
                  <b>{moneyText(from.owesFen)}</b>
                </span>
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">一共应收</th>
            {heat.columns.map((to) => (
              <td key={to.party} className="num">
                <span>
                  <b>{moneyText(to.getsFen)}</b>
                </span>
              </td>
            ))}
            <td className="num">
              <span>
                <b>{moneyText(matrix.totalFen)}</b>
              </span>
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
