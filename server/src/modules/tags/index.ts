export { type ComputedGroup, type ComputedTag, type TagDraft, Tags } from './application/tags.js';
export type { LibraryTag, MemberTag, NewMemberTag, TagId, TagKind, TagSource } from './persistence/tags.store.js';
export { TagsModule } from './tags.module.js';
