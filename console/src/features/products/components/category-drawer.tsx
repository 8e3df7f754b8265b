import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Drawer, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { api } from '../../../lib/api';
import type { Answer } from '../../../lib/types';
import { ActionButton } from '../../../ui/action-button';
import { PictureInput } from '../../../ui/picture-input';
import { Loaded } from '../../../ui/states';

type Category = Answer<'categoryList'>[number];
type Draft = Pick<Category, 'name' | 'iconUrl' | 'position'>;

function Row({ category, onDone }: { category: Category | null; onDone: () => Promise<unknown> }) {
  const [draft, setDraft] = useState<Draft>(category ?? { name: '', iconUrl: '', position: 100 });
  const body = { name: draft.name.trim(), iconUrl: draft.iconUrl, position: draft.position };
  const save = async () => {
    if (category) await api.console.updateCategory({ params: { id: category.id }, body });
    else {
      await api.console.createCategory({ body });
      setDraft({ name: '', iconUrl: '', position: 100 });
    }
    await onDone();
  };
  const isChanged =
    !category ||
    body.name !== category.name ||
    body.iconUrl !== category.iconUrl ||
    body.position !== category.position;
  const isReady = body.name !== '' && body.iconUrl !== '' && isChanged;
  return (
    <tr data-testid="category-row" className="middle">
      <td>
        <PictureInput
          label="图标"
          size={44}
          value={draft.iconUrl}
          onChange={(iconUrl) => setDraft({ ...draft, iconUrl })}
        />
      </td>
      <td>
        <Input
          aria-label="品类名"
          maxLength={40}
          value={draft.name}
          placeholder="新品类"
          onChange={(event) => setDraft({ ...draft, name: event.target.value })}
        />
      </td>
      <td style={{ width: 90 }}>
        <InputNumber
          aria-label="排第几"
          min={0}
          max={10_000}
          precision={0}
          value={draft.position}
          onChange={(position) => setDraft({ ...draft, position: position ?? 0 })}
          style={{ width: 80 }}
        />
      </td>
      <td className="muted num nowrap">{category ? `${category.productCount} 款` : ''}</td>
      <td>
        <div className="row">
          <ActionButton size="small" done="已保存" disabled={!isReady} run={save}>
            {category ? '保存' : '添加'}
          </ActionButton>
          {category && category.productCount === 0 ? (
            <ActionButton
              size="small"
              danger
              done="已删除"
              run={() => api.console.deleteCategory({ params: { id: category.id } }).then(onDone)}
            >
              删除
            </ActionButton>
          ) : null}
        </div>
      </td>
    </tr>
  );
}

/** The categories in their order; only an empty one can go. */
export function CategoryDrawer({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const client = useQueryClient();
  const list = useQuery({ queryKey: ['category-list'], queryFn: () => api.console.categoryList(), enabled: isOpen });
  const done = () =>
    Promise.all([['category-list'], ['categories']].map((queryKey) => client.invalidateQueries({ queryKey })));
  return (
    <Drawer title="品类" open={isOpen} onClose={onClose} size={640}>
      <Loaded query={list}>
        {(rows) => (
          <table className="plain">
            <thead>
              <tr>
                <th>图标</th>
                <th>名称</th>
                <th>排第几</th>
                <th>商品</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row key={row.id} category={row} onDone={done} />
              ))}
              <Row category={null} onDone={done} />
            </tbody>
          </table>
        )}
      </Loaded>
    </Drawer>
  );
}
