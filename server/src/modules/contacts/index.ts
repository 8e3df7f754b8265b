export { ContactSync } from './application/contact-sync.js';
export { CustomerAccess, type VisibleCustomer } from './application/customer-access.js';
export { ReconcileContacts, type ReconcileCounts } from './application/reconcile.js';
export { ContactsModule } from './contacts.module.js';
export type { RelationState } from './domain/relation.js';
export { type ContactDraft, createContacts } from './persistence/creation.store.js';
