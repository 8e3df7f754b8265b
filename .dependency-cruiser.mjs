// Who may import whom. Each rule says in one line why it is there; docs/architecture.md draws the same map.

const MODULE = '^server/src/modules/([^/]+)/';
const TEST_FILES = '(\\.spec\\.tsx?|\\.test\\.tsx?)$|/(test|testing|bench)/|^e2e/';
const FRONT_ENDS = '^(miniapp|wecom-sidebar|console)/src/';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Files that need each other, even for types only, can only be understood, moved and tested together.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'domain-is-pure',
      comment:
        'Rules about money and state must run anywhere, with nothing to fake: the kernel, shared rules and themselves.',
      severity: 'error',
      from: { path: `${MODULE}domain/`, pathNot: '\\.spec\\.ts$' },
      to: { pathNot: ['^server/src/modules/$1/domain/', '^shared/src/(kernel|rules|contracts)/'] },
    },
    {
      name: 'domain-takes-only-types-of-contracts',
      comment: 'A contract is the edge: a rule may speak its words, but not run its validation.',
      severity: 'error',
      from: { path: `${MODULE}domain/`, pathNot: '\\.spec\\.ts$' },
      to: { path: '^shared/src/contracts/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'modules-only-by-index',
      comment: "A module's index.ts is its only door; behind it the module may change without asking anybody.",
      severity: 'error',
      from: { path: `${MODULE}`, pathNot: '\\.spec\\.ts$' },
      to: { path: MODULE, pathNot: ['^server/src/modules/$1/', '^server/src/modules/[^/]+/index\\.ts$'] },
    },
    {
      name: 'platform-knows-no-module',
      comment: 'The platform is what every business stands on; knowing one of them would turn the house upside down.',
      severity: 'error',
      from: { path: '^server/src/platform/' },
      to: { path: '^server/src/modules/' },
    },
    {
      name: 'platform-knows-no-gateway',
      comment: 'Vendors come and go; database, jobs and access do not depend on them.',
      severity: 'error',
      from: { path: '^server/src/platform/' },
      to: { path: '^server/src/gateways/' },
    },
    {
      name: 'gateways-know-no-module',
      comment: 'A gateway translates between a vendor and us; what we do with the answer is not its business.',
      severity: 'error',
      from: { path: '^server/src/gateways/' },
      to: { path: '^server/src/modules/' },
    },
    {
      name: 'gateways-only-vendor',
      comment:
        'Vendor packages and protocols live in gateways only, so that a change at the vendor is a change in one place.',
      severity: 'error',
      // Workbooks that people upload are XML too, and no vendor's protocol.
      from: {
        path: '^server/(src|seeds)/',
        pathNot: [
          '^server/src/gateways/',
          '^server/src/modules/imports/application/read-workbook\\.ts$',
          '\\.spec\\.ts$',
        ],
      },
      to: { path: 'node_modules/(wechatpay-node-v3|@wecom/crypto|fast-xml-parser)/' },
    },
    {
      name: 'persistence-not-gateways',
      comment: 'Code that runs inside a transaction must not be able to call the network.',
      severity: 'error',
      from: { path: `${MODULE}persistence/` },
      to: { path: '^server/src/gateways/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'persistence-below-application',
      comment: 'A store saves what it is told; deciding is done above it.',
      severity: 'error',
      from: { path: `${MODULE}persistence/`, pathNot: '\\.spec\\.ts$' },
      to: { path: `${MODULE}(application|http|events)/` },
    },
    {
      name: 'http-and-events-not-persistence',
      comment: 'A controller or handler without logic has no need of SQL; it asks a use case.',
      severity: 'error',
      from: { path: `${MODULE}(http|events)/` },
      to: { path: `${MODULE}persistence/`, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'simulators-import-nothing-of-ours',
      comment: "Two readings of the vendors' documents: shared code would share the mistake.",
      severity: 'error',
      from: { path: '^simulators/' },
      to: { path: '^(shared|server|miniapp|wecom-sidebar|console|verifier|e2e)/' },
    },
    {
      name: 'nothing-of-ours-imports-simulators',
      comment: 'Production must not know that there is a stand-in for the world; only tests start it.',
      severity: 'error',
      from: { path: '^(shared|server|miniapp|wecom-sidebar|console|verifier)/', pathNot: TEST_FILES },
      to: { path: '^simulators/' },
    },
    {
      name: 'shared-stands-alone',
      comment: 'What server and front ends share depends on none of them.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^(server|simulators|miniapp|wecom-sidebar|console|verifier|e2e)/' },
    },
    {
      name: 'kernel-at-the-bottom',
      comment: 'Money, time and ids are below everything, contracts and rules included.',
      severity: 'error',
      from: { path: '^shared/src/kernel/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^shared/src/kernel/' },
    },
    {
      name: 'shared-runs-anywhere',
      comment: 'The mini-program has no Node; shared code that needs it breaks on phones only.',
      severity: 'error',
      from: { path: '^shared/src/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'contracts-as-types-in-front-ends',
      comment: 'Schemas are for the server; in a front end they would ship validation code that nobody runs.',
      severity: 'error',
      from: { path: FRONT_ENDS, pathNot: TEST_FILES },
      to: { path: '^shared/src/contracts/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'front-ends-from-shared-only',
      comment: 'A front end knows the server by its contracts, and its neighbours not at all.',
      severity: 'error',
      from: { path: '^(miniapp|wecom-sidebar|console)/' },
      to: { path: '^(server|simulators|miniapp|wecom-sidebar|console|verifier|e2e)/', pathNot: '^$1/' },
    },
    {
      name: 'feature-not-feature',
      comment: 'Features meet on pages; a feature that reaches into another can no longer be changed or removed alone.',
      severity: 'error',
      from: { path: '^(miniapp|wecom-sidebar|console)/src/features/([^/]+)/', pathNot: TEST_FILES },
      to: { path: '^$1/src/features/', pathNot: '^$1/src/features/$2/' },
    },
    {
      name: 'vendor-objects-only-in-platform',
      comment: 'wx and ww differ between phones, desktops and tests; one folder knows them.',
      severity: 'error',
      from: { path: '^wecom-sidebar/src/', pathNot: '^wecom-sidebar/src/platform/' },
      to: { path: 'node_modules/@wecom/jssdk/' },
    },
    {
      name: 'verifier-from-shared-only',
      comment: 'Whoever checks the books must be able to read everything the verifier is made of.',
      severity: 'error',
      from: { path: '^verifier/src/' },
      to: { pathNot: ['^verifier/src/', '^shared/src/(kernel|rules)/', '^node:', '^(fs|path|url)$'] },
    },
    {
      name: 'production-not-tests',
      comment: 'Test code that production imports is production code without tests.',
      severity: 'error',
      from: {
        path: '^(shared|server|simulators|miniapp|wecom-sidebar|console|verifier)/(src|seeds)/',
        pathNot: TEST_FILES,
      },
      to: { path: TEST_FILES },
    },
    {
      name: 'not-unresolvable',
      comment: 'An import that leads nowhere fails at run time, and hides from all other rules.',
      severity: 'error',
      from: { pathNot: TEST_FILES },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.data|coverage|\\.swc)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    webpackConfig: { fileName: 'scripts/resolve-aliases.mjs' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['x-source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.h5.ts', '.h5.tsx', '.mjs', '.js', '.json', '.d.ts'],
    },
  },
};
