import type { PromotionRun } from '../../../lib/types';
import { BEARER } from '../../../ui/bearers-input';
import { Money } from '../../../ui/money';

/** What of a discount each party bears, and all of it. Without a head where the card around it says what it shows. */
export function BearersTable(props: {
  shares: PromotionRun['byBearer'];
  totalFen: number;
  head?: string;
  testId?: string;
}) {
  const { shares, totalFen, head, testId } = props;
  return (
    <table className="plain" data-testid={testId}>
      {head ? (
        <thead>
          <tr>
            <th>{head}</th>
            <th className="right">优惠</th>
          </tr>
        </thead>
      ) : null}
      <tbody>
        {shares.map((one) => (
          <tr key={one.party}>
            <td>{BEARER[one.party]}</td>
            <td className="right">
              <Money fen={one.fen} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td>合计</td>
          <td className="right">
            <Money fen={totalFen} />
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
