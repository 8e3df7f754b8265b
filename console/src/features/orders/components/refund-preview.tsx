import { PARTY } from '../../../lib/words';
import { Money } from '../../../ui/money';
import { useOrderLegs } from '../api';
import { previewParties, type RefundPreview } from '../model';

/** What comes back to the consumer, line by line, and what each party gives back for it. */
export function RefundPreviewBox({ orderId, preview }: { orderId: string; preview: RefundPreview }) {
  const split = useOrderLegs(orderId);
  const parties = split.data ? previewParties(preview.amount, split.data.legs) : null;
  if (preview.amount === 0) return null;
  return (
    <div className="grid" style={{ gridTemplateColumns: '1fr 1fr', alignItems: 'start' }} data-testid="refund-preview">
      <table className="plain">
        <thead>
          <tr>
            <th>退给顾客</th>
            <th className="right">预计</th>
          </tr>
        </thead>
        <tbody>
          {preview.rows.map((row) => (
            <tr key={row.id}>
              <td>
                {row.name} ×{row.qty}
              </td>
              <td className="right">
                <Money fen={row.fen} />
              </td>
            </tr>
          ))}
          {preview.freight !== 0 ? (
            <tr>
              <td>运费及其他</td>
              <td className="right">
                <Money fen={preview.freight} />
              </td>
            </tr>
          ) : null}
        </tbody>
        <tfoot>
          <tr>
            <td>合计</td>
            <td className="right">
              <Money fen={preview.amount} />
            </td>
          </tr>
        </tfoot>
      </table>
      {parties ? (
        <table className="plain">
          <thead>
            <tr>
              <th>由谁承担</th>
              <th className="right">预计冲回</th>
            </tr>
          </thead>
          <tbody>
            {parties.map(({ leg, fen }) => (
              <tr key={leg.party + leg.partyId}>
                <td>
                  <i className="swatch" style={{ background: PARTY[leg.party].colour }} />
                  {leg.partyName}
                </td>
                <td className="right">
                  <Money fen={-fen} />
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td>合计</td>
              <td className="right">
                <Money fen={-preview.amount} />
              </td>
            </tr>
          </tfoot>
        </table>
      ) : (
        <p className="muted small" style={{ padding: 8 }}>
          {split.isPending ? '正在算各方承担多少…' : '这单还没有分账记录，退款不影响各方。'}
        </p>
      )}
    </div>
  );
}
