import { CheckCircleFilled, ExclamationCircleFilled, MinusCircleOutlined } from '@ant-design/icons';
import { Link } from 'react-router';
import { When } from '../../../ui/when';

interface BalanceBadgeProps {
  isBalanced: boolean;
  checkedAt: string | null;
}

/** The promise that the books are balanced, with the age of the last check; leads to the checks themselves. */
export function BalanceBadge({ isBalanced, checkedAt }: BalanceBadgeProps) {
  const [tone, icon, words] =
    checkedAt === null
      ? ['var(--ink-2)', <MinusCircleOutlined key="i" aria-hidden />, '账目还没检查过']
      : isBalanced
        ? ['var(--green)', <CheckCircleFilled key="i" aria-hidden />, '账是平的']
        : ['var(--red)', <ExclamationCircleFilled key="i" aria-hidden />, '有账目对不上'];
  return (
    <Link
      to="/invariants"
      className="row card"
      style={{ padding: '8px 14px', textDecoration: 'none', color: 'inherit' }}
      data-testid="balance-badge"
    >
      <span style={{ color: tone, fontSize: 16 }}>{icon}</span>
      <b style={{ color: tone }}>{words}</b>
      {checkedAt ? (
        <span className="muted small">
          <When at={checkedAt} isAgo />
          检查
        </span>
      ) : null}
    </Link>
  );
}
