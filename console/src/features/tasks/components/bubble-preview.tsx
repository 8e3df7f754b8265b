import { keyed } from '../../../lib/keys';
import { moneyText } from '../../../lib/money';
import { piecesOf } from '../model';

interface BubblePreviewProps {
  words: string;
  product: { name: string; imageUrl: string; listPriceFen: number | null } | undefined;
}

/** What the customer will see in the chat: the words, then the mini-program card. */
export function BubblePreview({ words, product }: BubblePreviewProps) {
  return (
    <figure className="bubble-phone" style={{ margin: 0 }} aria-label="顾客看到的样子" data-testid="bubble">
      <div className="bubble-line">
        <div className="bubble">
          {words.trim() === ''
            ? '在左边写几句话，这里会变成顾客看到的样子'
            : keyed(piecesOf(words), (piece) => piece.text).map(({ key, row: piece }) =>
                piece.isFilled ? <mark key={key}>{piece.text}</mark> : <span key={key}>{piece.text}</span>,
              )}
        </div>
        <div className="bubble-face" aria-hidden="true">
          周
        </div>
      </div>
      {product ? (
        <div className="bubble-line" style={{ marginBottom: 0 }}>
          <div className="bubble-card">
            <div className="small muted">小程序</div>
            <div className="two-lines" style={{ margin: '4px 0 8px' }}>
              {product.name} {product.listPriceFen === null ? '' : moneyText(product.listPriceFen)}
            </div>
            <img
              src={product.imageUrl}
              alt=""
              style={{
                width: '100%',
                aspectRatio: '5 / 4',
                objectFit: 'cover',
                borderRadius: 4,
                background: '#f1f4f4',
                display: 'block',
              }}
            />
          </div>
          <div className="bubble-face" aria-hidden="true">
            周
          </div>
        </div>
      ) : null}
      <figcaption className="muted small" style={{ marginTop: 12 }}>
        亮色的部分会换成每位顾客自己的称呼、导购和门店。
      </figcaption>
    </figure>
  );
}
