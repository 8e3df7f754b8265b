import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  base: '/sidebar/',
  plugins: [react()],
  resolve: { conditions: ['x-source', 'module', 'browser', 'development|production'] },
  ssr: { resolve: { conditions: ['x-source', 'module', 'node', 'development|production'] } },
  build: { target: 'es2020', cssTarget: 'chrome80', chunkSizeWarningLimit: 600 },
  test: {
    environment: 'jsdom',
    environmentOptions: { jsdom: { url: 'http://127.0.0.1:7321/sidebar/' } },
    include: ['test/**/*.test.{ts,tsx}'],
    setupFiles: ['test/setup.ts'],
    testTimeout: 15_000,
    css: false,
    server: { deps: { inline: [/antd-mobile/, /@wecom\/jssdk/] } },
    // `ww.register` starts the configuration without keeping its promise, so a refused agentConfig is rejected once more
    // into nowhere. Our own calls get the same rejection and show it; only this copy is let go.
    onUnhandledError: (error) => !/^(agentConfig|config):/.test(String((error as { errMsg?: string }).errMsg ?? '')),
  },
});
