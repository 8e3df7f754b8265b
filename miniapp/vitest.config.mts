import path from 'node:path';
import { defineConfig } from 'vitest/config';

const here = (p: string) => path.resolve(import.meta.dirname, p);

export default defineConfig({
  define: { 'process.env.TARO_ENV': JSON.stringify('h5'), SHUKE_API_ORIGIN: JSON.stringify('') },
  resolve: {
    dedupe: ['react', 'react-dom'],
    mainFields: ['module', 'main'],
    conditions: ['x-source', 'module', 'browser', 'development|production'],
    extensions: ['.h5.tsx', '.h5.ts', '.tsx', '.ts', '.mjs', '.js', '.json'],
    alias: [
      { find: /^@\//, replacement: `${here('src')}/` },
      { find: /^@tarojs\/components$/, replacement: here('test/taro-components.tsx') },
      { find: /^@tarojs\/taro$/, replacement: here('test/taro-mock.ts') },
    ],
  },
  ssr: { resolve: { conditions: ['x-source', 'module', 'node', 'development|production'] } },
  test: {
    // View models need no page; component tests name jsdom themselves, because it costs a second per file.
    environment: 'node',
    server: { deps: { inline: [/@shuke/] } },
    css: false,
    include: ['src/**/*.spec.{ts,tsx}', 'test/**/*.spec.{ts,tsx}'],
    setupFiles: ['test/setup.ts'],
  },
});
