import os from 'node:os';

const transform = {
  '^.+\\.ts$': [
    '@swc/jest',
    {
      swcrc: false,
      sourceMaps: 'inline',
      jsc: {
        target: 'es2023',
        parser: { syntax: 'typescript', decorators: true, dynamicImport: true },
        transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        keepClassNames: true,
      },
      module: { type: 'es6' },
    },
  ],
};

/** One jest project per tier. The workspace packages are read from their sources through the x-source condition. */
const project = (displayName, testMatch, extra = {}) => ({
  displayName,
  testMatch,
  rootDir: '.',
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testEnvironmentOptions: { customExportConditions: ['x-source', 'node', 'node-addons'] },
  modulePathIgnorePatterns: [
    '/dist/',
    '/\\.data/',
    '<rootDir>/miniapp/',
    '<rootDir>/console/',
    '<rootDir>/wecom-sidebar/',
  ],
  transform,
  ...extra,
});

const withEngines = {
  globalSetup: '<rootDir>/server/test/harness/global-setup.mjs',
  setupFilesAfterEnv: ['<rootDir>/server/test/harness/patience.mjs'],
};

export default {
  maxWorkers: Math.min(2, os.availableParallelism()),
  workerIdleMemoryLimit: '1GB',
  projects: [
    project('small', [
      '<rootDir>/shared/src/**/*.spec.ts',
      '<rootDir>/server/src/**/!(*.medium).spec.ts',
      '<rootDir>/server/seeds/**/*.spec.ts',
      '<rootDir>/verifier/**/*.spec.ts',
    ]),
    project('simulators', ['<rootDir>/simulators/test/**/*.spec.ts']),
    project(
      'medium',
      ['<rootDir>/server/src/**/*.medium.spec.ts', '<rootDir>/server/test/medium/**/*.spec.ts'],
      withEngines,
    ),
    project('e2e', ['<rootDir>/server/test/e2e/**/*.spec.ts'], withEngines),
    project('model', ['<rootDir>/server/test/model/**/*.spec.ts'], withEngines),
    project('fault', ['<rootDir>/server/test/fault/**/*.spec.ts'], {
      ...withEngines,
      globalSetup: '<rootDir>/server/test/fault/global-setup.mjs',
    }),
  ],
};
