import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { percentText } from '../lib/money';
import { PercentInput } from './percent-input';

export type BearerParty = 'HQ' | 'STORE' | 'FRANCHISEE';
export interface Bearer {
  party: BearerParty;
  /** Basis points; null while it cannot be read. */
  bp: number | null;
}
export const BEARER: Record<BearerParty, string> = { HQ: '总部', STORE: '门店', FRANCHISEE: '加盟商' };
const PARTIES = Object.keys(BEARER) as BearerParty[];

/** What is wrong with shares as typed; null when they are whole. */
export function bearersProblem(bearers: readonly Bearer[]): string | null {
  if (bearers.length === 0) return '至少要有一方承担';
  if (bearers.some((one) => one.bp === null || one.bp <= 0)) return '每一方的比例要大于 0，最多两位小数';
  const sum = bearers.reduce((total, one) => total + (one.bp ?? 0), 0);
  if (sum === 10_000) return null;
  return sum < 10_000
    ? `还差 ${percentText(10_000 - sum)} 没有人承担`
    : `合计 ${percentText(sum)}，多了 ${percentText(sum - 10_000)}`;
}

interface BearersInputProps {
  value?: Bearer[];
  onChange?: (bearers: Bearer[]) => void;
  /** Parties that may be chosen; a franchisee cannot let headquarters pay. */
  parties?: readonly BearerParty[];
}

/** Who pays for an offer: each party once, together exactly 100 %. */
export function BearersInput({ value = [], onChange, parties = PARTIES }: BearersInputProps) {
  const free = parties.filter((party) => !value.some((one) => one.party === party));
  const problem = bearersProblem(value);
  const set = (at: number, change: Partial<Bearer>) =>
    onChange?.(value.map((one, index) => (index === at ? { ...one, ...change } : one)));
  const rest = 10_000 - value.reduce((total, one) => total + (one.bp ?? 0), 0);
  return (
    <div className="stack tight" data-testid="bearers">
      {value.map((one, at) => (
        <div key={one.party} className="row">
          <Select
            aria-label={`第 ${at + 1} 方`}
            value={one.party}
            style={{ width: 112 }}
            options={[one.party, ...free].map((party) => ({ value: party, label: BEARER[party] }))}
            onChange={(party: BearerParty) => set(at, { party })}
          />
          <span className="muted">承担</span>
          <PercentInput
            label={`${BEARER[one.party]}承担`}
            value={one.bp}
            onChange={(bp) => set(at, { bp })}
            testId={`bearer-${one.party}`}
          />
          <Button
            type="text"
            icon={<DeleteOutlined aria-hidden />}
            aria-label={`去掉${BEARER[one.party]}`}
            disabled={value.length === 1}
            onClick={() => onChange?.(value.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      <div className="row">
        {free[0] ? (
          <Button
            size="small"
            icon={<PlusOutlined aria-hidden />}
            onClick={() => onChange?.([...value, { party: free[0] as BearerParty, bp: rest > 0 ? rest : null }])}
            data-testid="bearer-add"
          >
            再加一方
          </Button>
        ) : null}
        <span className={`small ${problem ? 'danger' : 'muted'}`} role="status" data-testid="bearers-sum">
          {problem ?? '合计 100%'}
        </span>
      </div>
    </div>
  );
}
