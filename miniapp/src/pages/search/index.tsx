import { Input, Text, View } from '@tarojs/components';
import { useReachBottom } from '@tarojs/taro';
import { useState } from 'react';
import { MoreToSee } from '@/features/catalog/components/more-to-see';
import { ListTools, ProductList } from '@/features/catalog/components/product-list';
import { rememberWord } from '@/features/catalog/model';
import { useProducts } from '@/features/catalog/use-products';
import { PromotionTags } from '@/features/promotions/components/promotion-tags';
import { useStorePromotions } from '@/features/promotions/store-promotions';
import { StoreGate } from '@/features/store/components/store-gate';
import { StoreTrouble } from '@/features/store/components/store-trouble';
import { useCell } from '@/lib/state';
import { readJson, writeJson } from '@/platform/storage';
import { useCurrentStore } from '@/session/current-store';
import { changeListOptions, listOptions } from '@/session/list-options';
import { track } from '@/session/tracker';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Page } from '@/ui/page';
import { GridSkeleton } from '@/ui/skeleton';

const KEY = 'searches';
const IDEAS = ['羽绒服', '鹅绒', '派克', '轻薄', '马甲', '儿童'];

function Words({
  title,
  words,
  onPick,
  onClear,
}: {
  title: string;
  words: string[];
  onPick(word: string): void;
  onClear?: () => void;
}) {
  if (words.length === 0) return null;
  return (
    <View>
      <View className="pick-label">
        <Text>{title}</Text>
        {onClear ? (
          <View className="text-tap soft" role="button" data-testid="clear-words" onClick={onClear}>
            清空
          </View>
        ) : null}
      </View>
      <View className="chips">
        {words.map((word) => (
          <View key={word} className="chip chip-plain" role="button" onClick={() => onPick(word)}>
            {word}
          </View>
        ))}
      </View>
    </View>
  );
}

function Results({ storeId, storeName, q }: { storeId: string; storeName: string; q: string }) {
  const options = useCell(listOptions);
  useStorePromotions(storeId);
  const pages = useProducts({ storeId, q, ...options });
  useReachBottom(() => pages.more());
  return (
    <>
      <ListTools value={options} onChange={changeListOptions} />
      <ProductList
        pages={pages}
        emptyTitle={`没有找到「${q}」`}
        emptyText={`${storeName}暂时没有，换个词试试，比如「羽绒服」`}
        onClear={options.inStockOnly ? () => changeListOptions({ ...options, inStockOnly: false }) : undefined}
        renderTags={({ id }) => <PromotionTags productId={id} />}
        renderTrouble={(trouble, onRetry) => <StoreTrouble trouble={trouble} onRetry={onRetry} />}
      />
      {!pages.isFirstLoad && !pages.trouble && pages.items.length === 0 ? (
        <MoreToSee storeId={storeId} title="这家店卖得好的" sort="sales" />
      ) : null}
    </>
  );
}

export default function Search() {
  const { store } = useCurrentStore();
  const [text, setText] = useState('');
  const [q, setQ] = useState('');
  const [words, setWords] = useState<string[]>(() => readJson<string[]>(KEY) ?? []);
  const search = (word: string) => {
    const wanted = word.trim().slice(0, 40);
    setText(wanted);
    setQ(wanted);
    if (!wanted) return;
    const next = rememberWord(words, wanted);
    setWords(next);
    writeJson(KEY, next);
    track('SEARCH', { text: wanted });
  };
  const forget = () => {
    setWords([]);
    writeJson(KEY, []);
  };
  return (
    <Page testId="page-search">
      <View className="body">
        <View className="row gap-2">
          <View className="search-box">
            <Icon name="search" size={16} />
            <Input
              className="search-input"
              value={text}
              focus
              confirmType="search"
              placeholder="搜款式、功能、颜色"
              data-testid="search-input"
              onInput={(event) => {
                setText(event.detail.value);
                if (event.detail.value === '') setQ('');
              }}
              onConfirm={(event) => search(event.detail.value)}
            />
            {text ? (
              <View
                className="search-clear"
                role="button"
                aria-label="清空"
                data-testid="search-clear"
                onClick={() => {
                  setText('');
                  setQ('');
                }}
              >
                <Icon name="close" size={16} />
              </View>
            ) : null}
          </View>
          <Button isSmall onTap={() => search(text)} testId="search-go">
            搜索
          </Button>
        </View>
        {q ? (
          <StoreGate waiting={<GridSkeleton />}>
            {(store) => <Results storeId={store.id} storeName={store.name} q={q} />}
          </StoreGate>
        ) : (
          <>
            <Words title="最近搜过" words={words} onPick={search} onClear={forget} />
            <Words title="大家常搜" words={IDEAS} onPick={search} />
            {store ? <MoreToSee storeId={store.id} title="这家店卖得好的" sort="sales" /> : null}
          </>
        )}
      </View>
    </Page>
  );
}
