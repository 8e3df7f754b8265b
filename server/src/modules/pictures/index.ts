export { PictureDesk } from './application/picture-desk.js';
export { Pictures } from './application/pictures.js';
export { doubtText } from './domain/doubt-text.js';
export type { DeskPage, Picture, PictureId } from './persistence/picture.store.js';
export { PicturesModule } from './pictures.module.js';
