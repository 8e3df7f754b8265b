import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { countText, shareBp } from '../../../lib/money';
import { BpInput } from '../../../ui/bp-input';
import { discountText, type Level, type Scheme, type SchemeDraft } from '../model';

interface RungProps {
  level: Level;
  count: number;
  share: number;
  isFirst: boolean;
  canRemove: boolean;
  onChange: (level: Level) => void;
  onRemove: () => void;
}

function Rung({ level, count, share, isFirst, canRemove, onChange, onRemove }: RungProps) {
  const { benefits } = level;
  const give = (change: Partial<Level['benefits']>) => onChange({ ...level, benefits: { ...benefits, ...change } });
  return (
    <section className="card" aria-label={level.name} data-testid="level">
      <div className="card-body stack tight">
        <div className="between">
          <div className="row grow">
            <Input
              aria-label="等级名"
              value={level.name}
              maxLength={20}
              onChange={(event) => onChange({ ...level, name: event.target.value })}
              style={{ width: 120, fontWeight: 600 }}
              data-testid="level-name"
            />
            <span className="muted">成长值到</span>
            <InputNumber
              aria-label={`${level.name} 的门槛`}
              min={0}
              max={100_000_000}
              precision={0}
              step={500}
              disabled={isFirst}
              value={level.fromGrowth}
              onChange={(fromGrowth) => onChange({ ...level, fromGrowth: fromGrowth ?? 0 })}
              style={{ width: 130 }}
              data-testid="level-growth"
            />
          </div>
          <div style={{ width: 150 }}>
            <div className="between">
              <b className="num">{countText(count)} 位</b>
              <span className="muted small num">{share / 100}%</span>
            </div>
            <div className="share-bar" style={{ height: 6 }} aria-hidden="true">
              <i style={{ width: `${share / 100}%`, background: 'var(--brand)' }} />
            </div>
          </div>
          <Button
            type="text"
            aria-label="去掉这一级"
            icon={<DeleteOutlined />}
            disabled={!canRemove}
            onClick={onRemove}
          />
        </div>
        <div className="row wrap" style={{ gap: 16 }}>
          <span className="row">
            折扣
            <BpInput
              label={`${level.name}的折扣`}
              unit="折"
              whole={1000}
              min={1000}
              max={10_000}
              value={benefits.discountBp}
              onChange={(discountBp) => give({ discountBp })}
            />
            <span className="muted small">{discountText(benefits.discountBp)}</span>
          </span>
          <span className="row">
            积分
            <BpInput
              label={`${level.name}的积分倍数`}
              unit="倍"
              min={10_000}
              max={100_000}
              value={benefits.pointsMultiplierBp}
              onChange={(bp) => give({ pointsMultiplierBp: bp })}
            />
          </span>
          <Checkbox
            checked={benefits.isFreightFree}
            onChange={(event) => give({ isFreightFree: event.target.checked })}
          >
            免运费
          </Checkbox>
        </div>
        <div className="row">
          <Input
            aria-label="生日礼"
            prefix={<span className="muted">生日</span>}
            value={benefits.birthdayText}
            maxLength={60}
            placeholder="没有"
            onChange={(event) => give({ birthdayText: event.target.value })}
            style={{ width: 260 }}
          />
          <Select
            mode="tags"
            aria-label="其他权益"
            placeholder="其他权益，写一个按一次回车"
            value={benefits.texts}
            maxCount={10}
            open={false}
            suffixIcon={null}
            onChange={(texts: string[]) =>
              give({ texts: texts.map((text) => text.trim().slice(0, 60)).filter(Boolean) })
            }
            style={{ flex: 1 }}
          />
        </div>
      </div>
    </section>
  );
}

interface LadderProps {
  draft: SchemeDraft;
  counts: Scheme['memberCounts'];
  onChange: (draft: SchemeDraft) => void;
}

/** The levels from the first to the highest. */
export function Ladder({ draft, counts, onChange }: LadderProps) {
  const total = counts.reduce((sum, one) => sum + one.count, 0);
  const last = draft.levels.at(-1);
  const add = () => {
    if (!last) return;
    const next = {
      ...last,
      level: last.level + 1,
      name: '新等级',
      fromGrowth: last.fromGrowth + Math.max(last.fromGrowth, 1000),
    };
    onChange({ ...draft, levels: [...draft.levels, next] });
  };
  return (
    <div className="stack">
      {draft.levels.map((level, at) => {
        const count = counts.find((one) => one.level === level.level)?.count ?? 0;
        return (
          <Rung
            key={level.level}
            level={level}
            count={count}
            share={shareBp(count, total)}
            isFirst={at === 0}
            canRemove={at > 0 && at === draft.levels.length - 1}
            onChange={(next) => onChange({ ...draft, levels: draft.levels.map((one) => (one === level ? next : one)) })}
            onRemove={() => onChange({ ...draft, levels: draft.levels.filter((one) => one !== level) })}
          />
        );
      })}
      <Button
        icon={<PlusOutlined aria-hidden />}
        disabled={draft.levels.length >= 20}
        onClick={add}
        data-testid="level-add"
      >
        再加一级
      </Button>
    </div>
  );
}
