import { Link } from 'react-router';
import { useStoreWork } from '../../data/use-store-work';
import { Icon, type IconName } from '../../design/icon';

/** What waits for the store today, each with the way there; nothing when nothing waits. */
export function StoreWork() {
  const { afterSales, tickets, toShip } = useStoreWork();
  const works: { to: string; icon: IconName; text: string; count: string | null }[] = [
    { to: '/after-sales', icon: 'undo', text: '售后待处理', count: afterSales },
    { to: '/reviews', icon: 'star', text: '低分待回访', count: tickets },
    { to: '/orders', icon: 'truck', text: '待发货', count: toShip },
  ];
  const open = works.filter((one) => one.count !== null);
  if (open.length === 0) return null;
  return (
    <nav className="store-work" aria-label="店里的事" data-testid="store-work">
      {open.map((one) => (
        <Link key={one.to} to={one.to} data-testid={`work${one.to.replace('/', '-')}`}>
          <span className="row g4">
            <Icon name={one.icon} />
            <b className="num">{one.count}</b>
          </span>
          <span className="ellipsis">{one.text}</span>
        </Link>
      ))}
    </nav>
  );
}
