// Checks the built weapp output with the official compilers that come with miniprogram-simulate, without DevTools:
// wcc (wxml), wcsc (wxss), node --check (js), app.json and page.json against a small schema, icons and package sizes.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const KB = 1024;
const PACKAGE_MAX = 2 * KB * KB;
const MAIN_MAX = 1.6 * KB * KB;
const TAB_ICON_MAX = 40 * KB;

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(process.argv[2] ?? path.join(here, '../dist/weapp'));
const require = createRequire(import.meta.url);
const problems = [];
if (!existsSync(path.join(root, 'app.json'))) {
  console.error(`no weapp build at ${root}; run "npx taro build --type weapp" first`);
  process.exit(1);
}

const files = readdirSync(root, { recursive: true })
  .map(String)
  .filter((file) => statSync(path.join(root, file)).isFile());
const has = (file) => existsSync(path.join(root, file));
const bytes = (file) => statSync(path.join(root, file)).size;

function json(file) {
  try {
    return JSON.parse(readFileSync(path.join(root, file), 'utf8'));
  } catch (error) {
    problems.push(`${file}: ${error.message}`);
    return {};
  }
}

/** The compilers are plain executables; npm does not always keep the executable bit. */
function compile(name, args) {
  const folder = process.platform === 'darwin' ? 'mac' : 'linux';
  const file = path.join(path.dirname(require.resolve('miniprogram-compiler')), 'bin', folder, name);
  chmodSync(file, 0o755);
  const run = spawnSync(file, args, { cwd: root, maxBuffer: 1 << 28, encoding: 'utf8' });
  if (run.status !== 0) problems.push(`${name}: ${(run.stderr ?? String(run.error)).trim()}`);
}

const app = json('app.json');
const packages = app.subPackages ?? app.subpackages ?? [];
const pages = [...(app.pages ?? []), ...packages.flatMap((one) => one.pages.map((page) => `${one.root}/${page}`))];

// What app.json may say here and of which kind; an unknown or mistyped field is silently ignored by WeChat.
const APP_FIELDS = {
  pages: Array.isArray,
  subPackages: Array.isArray,
  subpackages: Array.isArray,
  preloadRule: (value) => typeof value === 'object',
  window: (value) => typeof value === 'object',
  tabBar: (value) => Array.isArray(value.list) && value.list.length >= 2 && value.list.length <= 5,
  darkmode: (value) => typeof value === 'boolean',
  themeLocation: (value) => has(value),
  lazyCodeLoading: (value) => value === 'requiredComponents',
  requiredPrivateInfos: (value) => value.every((name) => ['getFuzzyLocation', 'chooseLocation'].includes(name)),
  permission: (value) => Object.values(value).every((one) => typeof one.desc === 'string' && one.desc.length <= 30),
  usingComponents: (value) => typeof value === 'object',
};
const PAGE_FIELDS = {
  navigationBarTitleText: 'string',
  enablePullDownRefresh: 'boolean',
  enableShareAppMessage: 'boolean',
  usingComponents: 'object',
  componentFramework: 'string',
};

for (const [name, value] of Object.entries(app))
  if (!APP_FIELDS[name]?.(value)) problems.push(`app.json: ${name} is unknown or malformed`);
for (const page of pages) {
  for (const ext of ['js', 'json', 'wxml']) if (!has(`${page}.${ext}`)) problems.push(`${page}.${ext} missing`);
  for (const [name, value] of Object.entries(json(`${page}.json`)))
    if (typeof value !== PAGE_FIELDS[name]) problems.push(`${page}.json: ${name} is unknown or malformed`);
}
for (const rule of Object.values(app.preloadRule ?? {}))
  for (const name of rule.packages)
    if (!packages.some((one) => one.root === name || one.name === name))
      problems.push(`preload of unknown package ${name}`);
for (const tab of app.tabBar?.list ?? []) {
  if (!app.pages.includes(tab.pagePath)) problems.push(`tab ${tab.pagePath} is not a main-package page`);
  for (const icon of [tab.iconPath, tab.selectedIconPath])
    if (!icon || !has(icon) || bytes(icon) > TAB_ICON_MAX) problems.push(`tab icon ${icon} missing or over 40 KB`);
}
if (app.themeLocation) {
  const theme = json(app.themeLocation);
  const used = [...JSON.stringify(app).matchAll(/"@(\w+)"/g)].map((match) => match[1]);
  for (const name of used)
    for (const mode of ['light', 'dark']) if (!theme[mode]?.[name]) problems.push(`theme.json: ${mode} has no ${name}`);
}

compile('wcc', ['-d', '-cc', '0', ...files.filter((file) => /\.(wxml|wxs)$/.test(file)), '-gn', '$gwx']);
const sheets = files.filter((file) => file.endsWith('.wxss'));
compile('wcsc', ['-lc', '-js', '-pc', String(sheets.length), ...sheets]);
for (const file of files.filter((one) => one.endsWith('.js'))) {
  const run = spawnSync(process.execPath, ['--check', path.join(root, file)], { encoding: 'utf8' });
  if (run.status !== 0) problems.push(`${file}: ${run.stderr.split('\n').slice(0, 5).join(' ')}`);
}

const sizes = new Map([['main', 0], ...packages.map((one) => [one.root, 0])]);
for (const file of files) {
  if (file.endsWith('.map') || file.endsWith('.LICENSE.txt')) continue;
  const owner = packages.find((one) => file.startsWith(`${one.root}/`))?.root ?? 'main';
  sizes.set(owner, sizes.get(owner) + bytes(file));
}
for (const [name, size] of sizes)
  if (size > PACKAGE_MAX || (name === 'main' && size > MAIN_MAX))
    problems.push(`package ${name} is ${Math.ceil(size / KB)} KB`);

const report = [...sizes].map(([name, size]) => `${name} ${Math.ceil(size / KB)} KB`).join(', ');
console.log(`${report} | ${pages.length} pages, ${files.length} files`);
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}

// The pages themselves, run headless; only meaningful for the usual build folder.
if (process.argv[2] === undefined) {
  const tests = path.join(here, '../test/weapp/pages.test.mjs');
  const run = spawnSync(process.execPath, ['--test', '--test-reporter=spec', tests], { stdio: 'inherit' });
  if (run.status !== 0) process.exit(1);
}
