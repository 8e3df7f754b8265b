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
  setStoreStatus,
  setUndoMinutes,
} from './application/create.js';
export { Deliveries } from './application/deliveries.js';
export { Organization } from './application/organization.js';
export { metresBetween } from './application/snapshot.js';
export { type DeliveryProblem, deliveryText, pickupHoldUntil, pickupOffer } from './domain/fulfil.js';
export { isWithin, type Reach } from './domain/isolation.js';
export type { MallSettings } from './domain/mall-settings.js';
export { readScene, type Scene, writeScene } from './domain/scene.js';
export { defaultSetup, type StoreSetup } from './domain/store-setup.js';
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
export { mayUndo, undoRefusal, undoUntil } from './domain/undo-right.js';
export { OrganizationModule } from './organization.module.js';
