export { BulkProducts, isSameValues, type KnownProduct, type ProductValues } from './application/bulk-products.js';
export { Catalog } from './application/catalog.js';
export { createCategories, createProducts, createStorePrices, listProductsInStore } from './application/create.js';
export { StoreListings } from './application/store-listings.js';
export { CatalogModule } from './catalog.module.js';
export type { CategoryId, Colour, Offer, ProductContent, ProductId, ProductName, SkuId } from './domain/types.js';
export type { CategoryDraft, ProductDraft, SkuDraft } from './persistence/creation.store.js';
