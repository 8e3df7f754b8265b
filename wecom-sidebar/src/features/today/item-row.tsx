import type { PackItem } from '../../data/types';
import { isOpenItem, stateLook } from '../../design/item-state';
import { Avatar } from '../../design/pictures';

/** One of the other customers of today, with how far it got. */
export function ItemRow({ item, onChoose }: { item: PackItem; onChoose: () => void }) {
  const canChoose = isOpenItem(item.state);
  return (
    <li>
      <button
        type="button"
        className="item-row row g12"
        disabled={!canChoose}
        onClick={onChoose}
        data-testid="pack-item"
        data-state={item.state}
      >
        <Avatar url={item.avatarUrl} name={item.customerName} size={36} />
        <span className="grow">
          <span className="item-name ellipsis">{item.customerName}</span>
          <span className="weak ellipsis item-why">{item.reason}</span>
        </span>
        <span className={stateLook(item.state)}>{item.stateText}</span>
      </button>
    </li>
  );
}
