import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { Link } from 'react-router';
import { api } from '../../data/api';
import { keys, pagedBy } from '../../data/queries';
import type { ContactRow } from '../../data/types';
import { EndlessList } from '../../design/endless-list';
import { Icon } from '../../design/icon';
import { Avatar } from '../../design/pictures';
import { Price } from '../../design/price';
import { SearchField } from '../../design/search-field';
import { Empty } from '../../design/states';
import { When } from '../../design/when';

function Row({ contact }: { contact: ContactRow }) {
  return (
    <Link className="customer row g12" to={`/customers/${contact.externalUserId}`} data-testid="customer-row">
      <Avatar url={contact.avatarUrl} name={contact.name} size={42} />
      <span className="grow">
        <span className="row g8">
          <b className="ellipsis">{contact.name}</b>
          {contact.levelName ? <span className="chip chip-amber">{contact.levelName}</span> : null}
          {contact.isMine ? null : <span className="chip">非专属</span>}
        </span>
        <span className="weak ellipsis customer-last">
          {contact.lastOrderAt ? (
            <>
              上次购买 <When at={contact.lastOrderAt} />
            </>
          ) : (
            <>
              <When at={contact.addedAt} /> 加为好友 · {contact.isMine ? '还没买过' : '购买由专属导购看'}
            </>
          )}
        </span>
      </span>
      {contact.totalFen > 0 ? <Price fen={contact.totalFen} className="small" /> : null}
      <Icon name="next" />
    </Link>
  );
}

/** My customers: search and open one. */
export function CustomersPage() {
  const [text, setText] = useState('');
  const q = useDeferredValue(text.trim());
  const query = useInfiniteQuery({
    queryKey: keys.contacts(q),
    ...pagedBy((query) => api.guide.contacts({ query: q ? { ...query, q } : query })),
  });
  return (
    <div>
      <h1 className="page-title">客户</h1>
      <SearchField value={text} onChange={setText} label="搜昵称、备注或会员号" testId="customer-search" />
      <div className="card list-card">
        <EndlessList
          query={query}
          keyOf={(contact) => contact.externalUserId}
          row={(contact) => <Row contact={contact} />}
          testId="customer-list"
          empty={
            <Empty icon="people" title={q ? `没有找到「${q}」` : '还没有客户'}>
              {q ? '换个昵称或会员号试试' : '把「我」里的名片给客人扫一扫，加上好友就会出现在这里'}
            </Empty>
          }
        />
      </div>
    </div>
  );
}
