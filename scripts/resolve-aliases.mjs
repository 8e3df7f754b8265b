// How dependency-cruiser finds the mini-program's "@/…" imports; the mini-program itself has this in its Taro settings.
import { fileURLToPath } from 'node:url';

export default { resolve: { alias: { '@': fileURLToPath(new URL('../miniapp/src', import.meta.url)) } } };
