import { useQuery } from '@tanstack/react-query';
import { Alert, Input, InputNumber, Select } from 'antd';
import { useRef, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { api, newKey } from '../../lib/api';
import { useMe } from '../../lib/me';
import { useRefreshMall } from '../../lib/refresh';
import { useCategories } from '../../lib/stores';
import { ActionButton } from '../../ui/action-button';
import { Field } from '../../ui/field';
import { ProductsPicker } from '../../ui/goods-pickers';
import { LeaveGuard } from '../../ui/leave-guard';
import { Card, PageFrame } from '../../ui/page';
import { Loaded } from '../../ui/states';
import { UNREADABLE, UnreadableFields, useUnreadable } from '../../ui/unreadable';
import { YuanInput } from '../../ui/yuan-input';
import { ColourEditor, PictureRow, SkuEditor } from './components/product-parts';
import { type Editor, EMPTY, inputOf, type ProductDraft, productProblem, readyInput, shortTexts } from './edit-model';

interface PartProps {
  input: ProductDraft;
  change: (part: Partial<ProductDraft>) => void;
}

function Words({ input, change }: PartProps) {
  const categories = useCategories();
  return (
    <Card title="基本">
      <div className="stack tight form-rows">
        <label htmlFor="p-name">名称</label>
        <Input
          id="p-name"
          maxLength={60}
          value={input.name}
          onChange={(event) => change({ name: event.target.value })}
          data-testid="p-name"
        />
        <label htmlFor="p-code">款号</label>
        <Input
          id="p-code"
          maxLength={40}
          value={input.code}
          onChange={(event) => change({ code: event.target.value.trim() })}
          data-testid="p-code"
        />
        <label htmlFor="p-category">品类</label>
        <Select
          id="p-category"
          value={input.categoryId || undefined}
          placeholder="选一个品类"
          options={(categories.data ?? []).map((one) => ({ value: one.id, label: one.name }))}
          onChange={(categoryId) => change({ categoryId })}
        />
        <label htmlFor="p-subtitle">一句话卖点</label>
        <Input
          id="p-subtitle"
          maxLength={80}
          value={input.subtitle}
          onChange={(event) => change({ subtitle: event.target.value })}
        />
        <label htmlFor="p-badge">角标（如 新品）</label>
        <Input
          id="p-badge"
          maxLength={12}
          value={input.badge ?? ''}
          onChange={(event) => change({ badge: event.target.value || null })}
          style={{ width: 140 }}
        />
        <label htmlFor="p-points">卖点</label>
        <Select
          id="p-points"
          mode="tags"
          open={false}
          suffixIcon={null}
          maxCount={8}
          value={input.sellingPoints}
          placeholder="写一个按一次回车"
          onChange={(points: string[]) => change({ sellingPoints: shortTexts(points, 60) })}
        />
        <label htmlFor="p-goes-with">搭配</label>
        <ProductsPicker
          id="p-goes-with"
          by="code"
          most={6}
          except={input.code}
          value={input.goesWith ?? []}
          placeholder="按名称或款号找一起穿的商品，先选的排前面，最多 6 个"
          onChange={(goesWith) => change({ goesWith })}
          testId="p-goes-with"
        />
        <label htmlFor="p-description">介绍</label>
        <Input.TextArea
          id="p-description"
          rows={3}
          maxLength={2000}
          value={input.description}
          onChange={(event) => change({ description: event.target.value })}
        />
        <label htmlFor="p-care">洗护</label>
        <Input.TextArea
          id="p-care"
          rows={2}
          maxLength={500}
          value={input.care}
          onChange={(event) => change({ care: event.target.value })}
        />
      </div>
    </Card>
  );
}

function Prices({ input, change }: PartProps) {
  return (
    <Card title="价格走廊">
      <div className="stack tight">
        <Field label="标价">
          <YuanInput
            label="标价"
            value={input.listPriceFen}
            onChange={(listPriceFen) => change({ listPriceFen })}
            testId="p-price"
          />
        </Field>
        <div className="grid" style={{ gridTemplateColumns: '1fr 1fr', gap: 12 }}>
          <Field label="门店最低价">
            <YuanInput
              label="门店最低价"
              value={input.floorFen}
              onChange={(floorFen) => change({ floorFen })}
              testId="p-floor"
            />
          </Field>
          <Field label="门店最高价">
            <YuanInput
              label="门店最高价"
              value={input.ceilingFen}
              onChange={(ceilingFen) => change({ ceilingFen })}
              testId="p-ceiling"
            />
          </Field>
        </div>
        <span className="muted small">门店只能在这两个价之间定价；收紧之后，超出的门店价会被拉回边上。</span>
        <Field label="排序" hint="数字大的排在前面">
          <InputNumber
            aria-label="排序"
            min={0}
            max={1_000_000}
            precision={0}
            value={input.rankScore}
            onChange={(rankScore) => change({ rankScore: rankScore ?? 0 })}
            style={{ width: 140 }}
          />
        </Field>
      </div>
    </Card>
  );
}

function Form({ product }: { product: Editor | null }) {
  const me = useMe();
  const go = useNavigate();
  const refresh = useRefreshMall();
  const key = useRef(newKey());
  const [input, setInput] = useState<ProductDraft>(() => (product ? inputOf(product) : EMPTY));
  const [first] = useState(input);
  const isSaved = useRef(false);
  const change = (part: Partial<ProductDraft>) => setInput((old) => ({ ...old, ...part }));
  const canEdit = me.role === 'HQ' || !product || product.ownerFranchiseeId === me.franchiseeId;
  const { hasUnreadable, report } = useUnreadable();
  const problem = hasUnreadable ? UNREADABLE : productProblem(input);
  const save = async () => {
    const ready = readyInput(input);
    if (!ready) return;
    if (product) {
      await refresh(
        api.console.editProduct({ params: { id: product.id }, body: { version: product.version, product: ready } }),
      );
      return;
    }
    const made = await refresh(api.console.createProduct({ body: ready, idempotencyKey: key.current }));
    isSaved.current = true;
    void go(`/products/${made.id}`, { replace: true });
  };
  return (
    <div
      className="grid"
      style={{ gridTemplateColumns: 'minmax(0, 1.5fr) minmax(320px, 1fr)', alignItems: 'start' }}
      data-testid="product-editor"
    >
      <LeaveGuard isDirty={() => canEdit && !isSaved.current && input !== first} />
      <UnreadableFields value={report}>
        <div className="stack">
          <Words input={input} change={change} />
          <SkuEditor input={input} change={change} />
        </div>
        <div className="stack" style={{ position: 'sticky', top: 68 }}>
          <Card title="图片">
            <PictureRow images={input.images} onChange={(images) => change({ images })} />
          </Card>
          <ColourEditor input={input} change={change} />
          <Prices input={input} change={change} />
          {canEdit ? (
            <div className="stack tight">
              {problem ? <Alert type="warning" showIcon title={problem} data-testid="product-problem" /> : null}
              <ActionButton type="primary" done="已保存" disabled={problem !== null} run={save} testId="product-save">
                {product ? '保存' : me.role === 'HQ' ? '建好商品' : '提交，等总部同意'}
              </ActionButton>
            </div>
          ) : (
            <span className="muted">这是总部的商品，你可以看、不能改。</span>
          )}
        </div>
      </UnreadableFields>
    </div>
  );
}

/** All of a product: words, pictures, colours, SKUs, prices. "new" makes one. */
export default function ProductPage() {
  const { id = '' } = useParams();
  const me = useMe();
  const isNew = id === 'new';
  const product = useQuery({
    queryKey: ['products', 'one', id],
    queryFn: () => api.console.product({ params: { id } }),
    enabled: !isNew,
  });
  const back = me.role === 'HQ' ? '/products' : '/listings';
  return (
    <PageFrame
      back={back}
      title={isNew ? (me.role === 'HQ' ? '新建商品' : '上自己的商品') : (product.data?.name ?? '商品')}
      hint={product.data?.ownerName ? `${product.data.ownerName} 的自有商品` : undefined}
    >
      {isNew ? (
        <Form product={null} />
      ) : (
        <Loaded query={product} rows={12}>
          {(data) => <Form key={`${data.id} ${data.version}`} product={data} />}
        </Loaded>
      )}
    </PageFrame>
  );
}
