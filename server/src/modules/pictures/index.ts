export { Pictures } from './application/pictures.js';
export type { Picture, PictureId } from './persistence/picture.store.js';
export { PicturesModule } from './pictures.module.js';
