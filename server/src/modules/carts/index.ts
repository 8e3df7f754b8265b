export { Carts } from './application/carts.js';
export { CartsModule } from './carts.module.js';
export type { AddressFields, AddressId, SavedAddress } from './domain/types.js';
