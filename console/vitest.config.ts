import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // Tests run in Node, whose condition would lead to the built files of shared; x-source leads to its sources.
  resolve: { conditions: ['x-source', 'module', 'browser', 'development|production'] },
  ssr: { resolve: { conditions: ['x-source', 'module', 'node', 'development|production'] } },
  test: {
    name: 'console',
    environment: 'jsdom',
    include: ['src/**/*.spec.ts', 'src/**/*.spec.tsx'],
    setupFiles: ['src/testing/setup.ts'],
    testTimeout: 20_000,
    css: false,
  },
});
