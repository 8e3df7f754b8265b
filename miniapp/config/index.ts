import path from 'node:path';
import { defineConfig, type UserConfigExport } from '@tarojs/cli';

const sharedSrc = path.resolve(__dirname, '../../shared/src');
const apiOrigin = process.env.SHUKE_API_ORIGIN ?? 'http://127.0.0.1:7300';

// Shared sources import each other as "./x.js" (the Node convention); webpack has to look for "./x.ts" first.
// biome-ignore lint/suspicious/noExplicitAny: webpack-chain's type is not exported by Taro
const readTypeScriptSuffix = (chain: any) => {
  chain.resolve.set('extensionAlias', { '.js': ['.ts', '.js'] });
};

export default defineConfig<'webpack5'>(async (merge) => {
  const type = process.env.TARO_ENV ?? 'weapp';
  const base: UserConfigExport<'webpack5'> = {
    projectName: 'shuke-miniapp',
    date: '2026-11-22',
    designWidth: 375,
    deviceRatio: { 375: 2, 640: 2.34 / 2, 750: 1, 828: 1.81 / 2 },
    sourceRoot: 'src',
    outputRoot: `dist/${type}`,
    plugins: ['@tarojs/plugin-html'],
    defineConstants: { SHUKE_API_ORIGIN: JSON.stringify(type === 'h5' ? '' : apiOrigin) },
    framework: 'react',
    compiler: { type: 'webpack5', prebundle: { enable: false } },
    cache: { enable: process.env.TARO_CACHE !== '0' },
    alias: { '@': path.resolve(__dirname, '../src') },
    mini: {
      webpackChain: readTypeScriptSuffix,
      compile: { include: [sharedSrc] },
      optimizeMainPackage: { enable: true },
      miniCssExtractPluginOption: { ignoreOrder: true },
      postcss: { pxtransform: { enable: true, config: {} } },
    },
    h5: {
      webpackChain: readTypeScriptSuffix,
      // The template is EJS, not HTML: the formatter would stumble over its placeholder.
      htmlPluginOption: { template: path.resolve(__dirname, '../src/index.ejs') },
      publicPath: '/m/',
      staticDirectory: 'static',
      compile: { include: [sharedSrc] },
      router: { mode: 'hash' },
      useHtmlComponents: true,
      miniCssExtractPluginOption: { ignoreOrder: true },
      postcss: { autoprefixer: { enable: true, config: {} }, pxtransform: { enable: true, config: {} } },
    },
  };
  return merge({}, base);
});
