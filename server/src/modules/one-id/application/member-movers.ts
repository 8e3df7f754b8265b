import type { MemberAssetMover } from '../persistence/member-asset-mover.js';

const movers = new Map<string, MemberAssetMover>();

/** All movers, in the order of their names, so that two merges take locks in the same order. */
export const MemberMovers = {
  /** Registers a mover when its module starts; the last one with a name wins, so that tests can build the app twice. */
  register: (name: string, mover: MemberAssetMover): void => void movers.set(name, mover),
  all: (): [string, MemberAssetMover][] => [...movers.entries()].sort(([a], [b]) => (a < b ? -1 : 1)),
};
