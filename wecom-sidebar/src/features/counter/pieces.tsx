import { useState } from 'react';
import { type CodeKind, codeKind } from '../../data/shown-code';
import { Button } from '../../design/button';
import { Icon } from '../../design/icon';
import { Price } from '../../design/price';
import { problemText } from '../../design/states';
import { useWecom } from '../../platform/wecom-context';
import { fenOfText } from './yuan';

/** One kind of goods of the bill, as its tag says. */
export interface Piece {
  skuCode: string;
  qty: number;
  unitPriceFen: number;
}

const MOST_QTY = 999;
/** What customers show on their phones and no tag has. */
const NO_TAG: readonly CodeKind[] = ['EMPTY', 'LINK', 'MEMBER', 'WECHAT_PAY', 'ORDER_NO'];
const skuCodeOf = (text: string): string | null => {
  const code = text.trim();
  return code.length <= 40 && !NO_TAG.includes(codeKind(code)) ? code : null;
};

/** What is wrong with a line as far as it is typed; an empty field is not wrong yet. */
function pieceProblem(qty: string, price: string): string | null {
  if (qty !== '' && Number(qty) < 1) return '件数至少 1 件';
  return price !== '' && fenOfText(price) === null ? '单价写成 128 或 128.50，要大于 0' : null;
}

function AddPiece({ onAdd }: { onAdd: (piece: Piece) => void }) {
  const wecom = useWecom();
  const [code, setCode] = useState('');
  const [qty, setQty] = useState('1');
  const [price, setPrice] = useState('');
  const [foreign, setForeign] = useState<string | null>(null);
  const [isLeft, setLeft] = useState(false);
  const unitPriceFen = fenOfText(price);
  const count = Number(qty);
  const isWhole = code.trim() !== '' && unitPriceFen !== null && count >= 1 && count <= MOST_QTY;
  const add = () => {
    if (!isWhole) return;
    onAdd({ skuCode: code.trim(), qty: count, unitPriceFen });
    setCode('');
    setQty('1');
    setPrice('');
  };
  const scan = async () => {
    try {
      const scanned = await wecom.scanCode();
      if (scanned === null) return;
      const read = skuCodeOf(scanned);
      setForeign(read === null ? '这不是商品条码，请扫吊牌上的条码' : null);
      if (read !== null) setCode(read);
    } catch (error) {
      setForeign(problemText(error));
    }
  };
  const problem = foreign ?? (isLeft ? pieceProblem(qty, price) : null);
  return (
    <div className="piece-form">
      <div className="row g8">
        <input
          className="field num grow"
          placeholder="商品条码"
          aria-label="商品条码"
          maxLength={40}
          value={code}
          onChange={(event) => {
            setCode(event.target.value);
            setForeign(null);
          }}
          data-testid="piece-code"
        />
        {wecom.isInside ? (
          <Button look="icon" aria-label="扫商品条码" onClick={() => void scan()} data-testid="piece-scan">
            <Icon name="scan" />
          </Button>
        ) : null}
      </div>
      <div className="row g8">
        <input
          className="field num piece-qty"
          inputMode="numeric"
          aria-label="件数"
          maxLength={3}
          value={qty}
          onBlur={() => setLeft(true)}
          onChange={(event) => setQty(event.target.value.replace(/\D/g, ''))}
          data-testid="piece-qty"
        />
        <span className="weak">件，每件 ¥</span>
        <input
          className="field num grow"
          inputMode="decimal"
          placeholder="单价"
          aria-label="单价"
          maxLength={10}
          value={price}
          onBlur={() => setLeft(true)}
          onChange={(event) => {
            setLeft(false);
            setPrice(event.target.value);
          }}
          data-testid="piece-price"
        />
        <Button look="calm" disabled={!isWhole} onClick={add} data-testid="piece-add">
          加上
        </Button>
      </div>
      {problem !== null ? (
        <p className="problem-line" role="alert" data-testid="piece-problem">
          {problem}
        </p>
      ) : null}
    </div>
  );
}

/** What is on the bill, for coupons that count for some goods only. */
export function Pieces({ pieces, onChange }: { pieces: Piece[]; onChange: (pieces: Piece[]) => void }) {
  return (
    <section className="pieces" aria-label="这单的商品" data-testid="pieces">
      <p className="weak">这张券只限部分商品，把这单的商品都加上</p>
      <ul>
        {pieces.map((piece, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same goods may stand in the list twice
          <li key={`${piece.skuCode}-${at}`} className="row g8" data-testid="piece">
            <span className="grow num ellipsis">{piece.skuCode}</span>
            <span className="weak">× {piece.qty}</span>
            <Price fen={piece.unitPriceFen} />
            <Button
              look="icon"
              aria-label={`去掉 ${piece.skuCode}`}
              onClick={() => onChange(pieces.filter((_, other) => other !== at))}
            >
              <Icon name="close" />
            </Button>
          </li>
        ))}
      </ul>
      <AddPiece onAdd={(piece) => onChange([...pieces, piece])} />
    </section>
  );
}
