import type { MemberAsset } from '../persistence/member-asset.js';

const assets = new Map<string, MemberAsset>();

export const MemberAssets = {
  /** Registers when the module starts; the last one with a name wins, so that tests can build the app twice. */
  register: (name: string, asset: MemberAsset): void => void assets.set(name, asset),
  all: (): [string, MemberAsset][] => [...assets.entries()].sort(([a], [b]) => (a < b ? -1 : 1)),
};
