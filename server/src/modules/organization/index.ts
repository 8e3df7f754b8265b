export {
  type BrandDraft,
  createBrand,
  createFranchisee,
  createGuide,
  createGuides,
  createRegion,
  createStore,
  createStores,
  type GuideDraft,
  type StoreDraft,
  setBrandSettings,
} from './application/create.js';
export { Organization } from './application/organization.js';
export { metresBetween } from './application/snapshot.js';
export { readScene, type Scene, writeScene } from './domain/scene.js';
export type {
  Banner,
  Brand,
  BrandSettings,
  CollectMode,
  Franchisee,
  FranchiseeId,
  Guide,
  Position,
  RegionId,
  Store,
  StoreKind,
  StoreStatus,
} from './domain/types.js';
export { OrganizationModule } from './organization.module.js';
