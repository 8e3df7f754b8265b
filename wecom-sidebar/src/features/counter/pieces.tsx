import { useState } from 'react';
import { Button } from '../../design/button';
import { Icon } from '../../design/icon';
import { Price } from '../../design/price';
import { snack } from '../../design/snackbar';
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

function AddPiece({ onAdd }: { onAdd: (piece: Piece) => void }) {
  const wecom = useWecom();
  const [code, setCode] = useState('');
  const [qty, setQty] = useState('1');
  const [price, setPrice] = useState('');
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
      if (scanned) setCode(scanned.trim().slice(0, 40));
    } catch (error) {
      snack(problemText(error));
    }
  };
  return (
    <div className="piece-form">
      <div className="row g8">
        <input
          className="field num grow"
          placeholder="商品条码"
          aria-label="商品条码"
          maxLength={40}
          value={code}
          onChange={(event) => setCode(event.target.value)}
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
          onChange={(event) => setPrice(event.target.value)}
          data-testid="piece-price"
        />
        <Button look="calm" disabled={!isWhole} onClick={add} data-testid="piece-add">
          加上
        </Button>
      </div>
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
