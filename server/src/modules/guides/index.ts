export { type BindInput, type BindingDraft, Bindings, type BindOutcome } from './application/bindings.js';
export { CONTACT_STATE_PREFIX, GuideCodes, guideCodeOfState } from './application/guide-codes.js';
export { type BindResult, type BindWay, PROTECTION_DAYS, wayText } from './domain/decide-binding.js';
export { GuidesModule } from './guides.module.js';
export type { Binding, BindingEvent } from './persistence/bindings.store.js';
