import { cell } from './state';

/** When what shows was loaded, while it could not be refreshed for want of a network; null as long as all is fresh. */
export const staleSince = cell<number | null>(null);

/** Something came through: the network is back. */
export function markFresh(): void {
  if (staleSince.get() !== null) staleSince.set(null);
}
