import { Link } from 'react-router';
import { countText } from '../../../lib/money';
import type { Overview } from '../../../lib/types';
import { Card } from '../../../ui/page';

type Kind = NonNullable<Overview['todo']>[number]['kind'];

const WORDS: Record<Kind, { name: string; to: string }> = {
  AFTER_SALE: { name: '售后待审核', to: '/after-sales?state=REQUESTED' },
  LOW_REVIEW: { name: '差评待回访', to: '/reviews?tab=tickets' },
  AVATAR: { name: '头像待审核', to: '/members?tab=avatars' },
  DISPUTE: { name: '对账单异议待答复', to: '/statements?state=DISPUTED' },
  PAYABLE: { name: '代收款待付', to: '/statements?tab=payouts' },
  CONFIRM: { name: '对账单待确认', to: '/statements?state=PUBLISHED' },
  ANSWERED: { name: '异议已答复，等你确认', to: '/statements?state=DISPUTED' },
};

/** What waits for the person at this desk; each leads to its list. */
export function Todo({ todo }: { todo: NonNullable<Overview['todo']> }) {
  if (todo.length === 0) return null;
  return (
    <Card title="等你处理">
      <ul
        className="row"
        style={{ flexWrap: 'wrap', gap: '8px 32px', margin: 0, padding: 0, listStyle: 'none' }}
        data-testid="todo"
      >
        {todo.map(({ kind, count }) => (
          <li key={kind}>
            <Link className="link" to={WORDS[kind].to} data-testid={`todo-${kind}`}>
              {WORDS[kind].name} <b className="num">{countText(count)}</b>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
