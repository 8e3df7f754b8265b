export { BulkProducts, type KnownProduct, type ProductValues } from './application/bulk-products.js';
export { Catalog } from './application/catalog.js';
export {
  type CategoryDraft,
  createCategories,
  createProducts,
  createStorePrices,
  listProductsInStore,
  type ProductDraft,
  type SkuDraft,
} from './application/create.js';
export { StoreListings } from './application/store-listings.js';
export { CatalogModule } from './catalog.module.js';
export type { CategoryId, Colour, Offer, ProductContent, ProductId, ProductName, SkuId } from './domain/types.js';
