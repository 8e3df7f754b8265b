import { DeleteOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { optionsOf, PARTY, STORE_KIND } from '../../../lib/words';
import { type LegDraft, legProblem } from '../model';

interface LegEditorProps {
  index: number;
  draft: LegDraft;
  categories: { id: string; name: string }[];
  onChange: (draft: LegDraft) => void;
  onRemove: (() => void) | undefined;
}

/** One leg: who gets how much of which goods in which stores. */
export function LegEditor({ index, draft, categories, onChange, onRemove }: LegEditorProps) {
  const problem = legProblem(draft);
  const set = (change: Partial<LegDraft>) => onChange({ ...draft, ...change });
  const name = `第 ${index + 1} 条`;
  return (
    <fieldset className="leg" data-testid="leg" aria-label={name}>
      <div className="leg-main">
        <Select
          aria-label={`${name} 归谁`}
          value={draft.party}
          options={[
            { value: 'BRAND', label: PARTY.BRAND.word },
            { value: 'GUIDE', label: PARTY.GUIDE.word },
          ]}
          onChange={(party) => set({ party })}
          style={{ width: 96 }}
        />
        <span className="muted">得</span>
        <Input
          aria-label={`${name} 比例`}
          value={draft.percent}
          suffix="%"
          inputMode="decimal"
          maxLength={6}
          status={draft.percent.trim() !== '' && problem ? 'error' : undefined}
          onChange={(event) => set({ percent: event.target.value })}
          className="num"
          style={{ width: 96 }}
          data-testid="leg-percent"
        />
        <Select
          mode="multiple"
          aria-label={`${name} 门店类型`}
          placeholder="所有门店"
          value={draft.storeKinds}
          options={optionsOf(STORE_KIND)}
          onChange={(storeKinds) => set({ storeKinds })}
          style={{ minWidth: 132 }}
        />
        <Select
          mode="multiple"
          aria-label={`${name} 品类`}
          placeholder="全部品类"
          value={draft.categoryIds}
          options={categories.map((category) => ({ value: category.id, label: category.name }))}
          onChange={(categoryIds) => set({ categoryIds })}
          showSearch={{ optionFilterProp: 'label' }}
          maxTagCount="responsive"
          style={{ flex: 1, minWidth: 140 }}
        />
        <Button
          type="text"
          icon={<DeleteOutlined aria-hidden />}
          aria-label={`删除${name}`}
          disabled={!onRemove}
          onClick={onRemove}
        />
      </div>
      <div className="leg-main" style={{ marginTop: 8 }}>
        <Input
          aria-label={`${name} 备注`}
          placeholder="备注，写清这条为什么存在（选填）"
          maxLength={60}
          value={draft.note}
          onChange={(event) => set({ note: event.target.value })}
        />
      </div>
      {draft.percent.trim() !== '' && problem ? (
        <p className="danger small" role="alert">
          {problem}
        </p>
      ) : null}
    </fieldset>
  );
}
