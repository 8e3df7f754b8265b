import { Input } from 'antd';
import { useState } from 'react';
import { Empty, Loaded } from '../../../ui/states';
import { useMembers } from '../api';
import { PersonCell } from './person-cell';

/** Finds the other record by any of its numbers. */
export function OtherMember({ not, onPick }: { not: string; onPick: (id: string) => void }) {
  const [q, setQ] = useState('');
  const found = useMembers(q || undefined, undefined);
  const rows = found.rows.filter((row) => row.profile.id !== not && row.status === 'ACTIVE').slice(0, 10);
  return (
    <section className="card">
      <div className="card-head">
        <h2>哪一份档案要并进来？</h2>
      </div>
      <div className="card-body stack">
        <Input.Search
          aria-label="另一份档案"
          placeholder="手机号、会员号、卡号、昵称"
          maxLength={80}
          onSearch={(text) => setQ(text.trim())}
          style={{ maxWidth: 360 }}
          data-testid="other-q"
        />
        {q === '' ? (
          <span className="muted">输一个号码，按回车查找。</span>
        ) : (
          <Loaded query={found}>
            {() =>
              rows.length === 0 ? (
                <Empty title="没有找到" hint="要输完整的号码；昵称可以只输一部分。" />
              ) : (
                rows.map((row) => (
                  <button
                    key={row.profile.id}
                    type="button"
                    className="pick-row"
                    onClick={() => onPick(row.profile.id)}
                    data-testid="other-row"
                  >
                    <PersonCell person={row.profile} isLinked={false} />
                    <span className="muted small">
                      {row.profile.levelName} · {row.orderCount} 单 · {row.originText}
                    </span>
                  </button>
                ))
              )
            }
          </Loaded>
        )}
      </div>
    </section>
  );
}
