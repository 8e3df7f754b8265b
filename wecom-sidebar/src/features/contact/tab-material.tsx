import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { api } from '../../data/api';
import { keys, pagedBy } from '../../data/queries';
import { Button } from '../../design/button';
import { EndlessList } from '../../design/endless-list';
import { Thumb } from '../../design/pictures';
import { Price } from '../../design/price';
import { SearchField } from '../../design/search-field';
import { Empty } from '../../design/states';

interface Props {
  pickedId: string | null;
  busyId: string | null;
  onPick: (product: { id: string; name: string; imageUrl: string | null }) => void;
}

/** Goods of the guide's own store: search, pick, send words with the card. */
export function TabMaterial({ pickedId, busyId, onPick }: Props) {
  const [text, setText] = useState('');
  const q = useDeferredValue(text.trim());
  const query = useInfiniteQuery({
    queryKey: keys.products(q),
    ...pagedBy((query) => api.guide.products({ query: q ? { ...query, q } : query })),
  });
  return (
    <div style={{ paddingTop: 12 }}>
      <SearchField value={text} onChange={setText} label="搜本店商品" testId="material-search" />
      <EndlessList
        query={query}
        keyOf={(product) => product.id}
        testId="material-list"
        row={(product) => (
          <div className="list-row row g12" data-testid="material-row">
            <Thumb url={product.imageUrl} size={60} />
            <div className="grow">
              <p className="clamp2 tight">{product.name}</p>
              <div className="row g8">
                <Price fen={product.priceFen} />
                {product.isPriceFrom ? <span className="weak">起</span> : null}
                {product.inStock ? null : <span className="chip">本店暂缺</span>}
                {product.badge ? <span className="chip chip-warm">{product.badge}</span> : null}
              </div>
            </div>
            <Button
              look={pickedId === product.id ? 'soft' : 'calm'}
              isBusy={busyId === product.id}
              onClick={() => onPick(product)}
              data-testid="material-pick"
            >
              {pickedId === product.id ? '已选' : '选它'}
            </Button>
          </div>
        )}
        empty={
          <Empty icon="bag" title={q ? `本店没有「${q}」` : '本店还没有上架商品'}>
            {q ? '换个词试试，比如品类或货号' : '店长在后台上架后就能发给客户'}
          </Empty>
        }
      />
    </div>
  );
}
