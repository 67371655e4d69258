/** Who may know whom: the drawing in ARCHITECTURE.md as rules. `npm test -- rules` names whoever breaks one. */

const protocols = ['smtp', 'pop3', 'imap', 'managesieve']

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycle',
      comment: 'Two modules that need each other are one module, or lack a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'everything-resolves',
      comment: 'An import that points nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'only-the-service-knows-the-engine',
      comment:
        'The portal configures the engine through lib/policy and lib/accounts, and probes see of it what a mail program sees.',
      severity: 'error',
      from: { path: '^(app|components|lib|proxy\\.ts)', pathNot: '^lib/(engine|service)/' },
      to: { path: '^lib/engine/' },
    },
    {
      name: 'engine-knows-no-portal',
      comment: 'The engine runs without Next and React.',
      severity: 'error',
      from: { path: '^lib/engine/' },
      to: {
        path: [
          '^(app|components)/',
          '^lib/(auth|http|swr|i18n|service)/',
          '(^|node_modules/)(next|react|react-dom|next-auth|next-intl|server-only)(/|$)',
        ],
      },
    },
    {
      name: 'engine-loads-no-portal-client',
      comment: 'The doors of lib/policy and lib/accounts load the Prisma client; the engine imports single files.',
      severity: 'error',
      from: { path: '^lib/engine/' },
      to: {
        path: ['^lib/db/(prisma\\.ts|generated/)', '^lib/(policy|accounts)/index\\.ts$'],
        dependencyTypesNot: ['type-only'],
      },
    },
    ...protocols.map((protocol) => ({
      name: `${protocol}-stands-alone`,
      comment:
        'A protocol endpoint owns bytes and state. It knows no other endpoint and no database; it is handed what it needs.',
      severity: 'error',
      from: { path: `^lib/engine/${protocol}/` },
      to: {
        path: [...protocols.filter((other) => other !== protocol).map((other) => `^lib/engine/${other}/`), '^lib/db/'],
      },
    })),
    {
      name: 'runtime-knows-no-protocol',
      severity: 'error',
      comment: 'The runtime serves every protocol alike.',
      from: { path: '^lib/engine/runtime/' },
      to: { path: '^lib/engine/(?!runtime/)' },
    },
    {
      name: 'only-lib-db-knows-the-drivers',
      comment: 'Prisma and pg are reached through lib/db.',
      severity: 'error',
      from: { pathNot: ['^lib/db/', '^prisma\\.config\\.ts$'] },
      to: { path: ['(^|node_modules/)(pg|@prisma/[^/]+|prisma)(/|$)', '^lib/db/generated/'] },
    },
    {
      name: 'only-lib-chosen-passwords-knows-the-lists',
      comment: 'Common passwords are megabytes: read on the server, when somebody chooses one.',
      severity: 'error',
      from: { pathNot: '^(lib/chosen-passwords|tests|node_modules)/' },
      to: { path: '(^|node_modules/)@zxcvbn-ts/' },
    },
    {
      name: 'mail-vocabulary-is-pure',
      comment: 'lib/mail imports nothing of ours and no driver.',
      severity: 'error',
      from: { path: '^lib/mail/' },
      to: { path: ['^(app|components|tests)/', '^lib/(?!mail/)'] },
    },
    {
      name: 'mime-is-pure',
      comment: 'lib/mime reads bytes; it imports nothing of ours.',
      severity: 'error',
      from: { path: '^lib/mime/' },
      to: { path: ['^(app|components|tests)/', '^lib/(?!mime/)'] },
    },
    {
      name: 'sieve-is-pure',
      comment:
        'The language serves the editor of the portal and the delivery of the engine: it decides and does nothing.',
      severity: 'error',
      from: { path: '^lib/sieve/' },
      to: { path: ['^(app|components|tests)/', '^lib/(?!sieve/|mail/|mime/)'] },
    },
    {
      name: 'attempts-serve-all-doors',
      comment: 'The portal and the engine count wrong passwords together, so lib/attempts knows neither.',
      severity: 'error',
      from: { path: '^lib/attempts/' },
      to: { path: ['^(app|components|tests)/', '^lib/(?!attempts/|db/|mail/|policy/)', '^lib/db/prisma\\.ts$'] },
    },
    {
      name: 'library-knows-no-pages',
      severity: 'error',
      comment: 'Pages use the library, never the other way round.',
      from: { path: '^lib/' },
      to: { path: '^(app|components)/' },
    },
    {
      name: 'library-needs-no-next',
      comment: 'Use-cases also serve the command line and the API; only the rooms of the portal know its framework.',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/(auth|guides|http|i18n|swr)/' },
      to: { path: '(^|node_modules/)(next|react|react-dom|next-auth|next-intl|swr)(/|$)' },
    },
    {
      name: 'pages-reach-data-through-use-cases',
      comment: 'A use-case authorises itself; a query in a page would not. Only the health check asks by itself.',
      severity: 'error',
      from: { path: '^app/', pathNot: '^app/healthz/' },
      to: { path: '^lib/db/' },
    },
    {
      name: 'components-show-what-they-are-given',
      comment: 'A component knows no page, no use-case and no data: words, links and the types of what it shows.',
      severity: 'error',
      from: { path: '^components/' },
      to: {
        path: ['^app/', '^lib/(?!announcements|evidence|guides|http|i18n|mail|maintenance|swr)'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'ui-components-stand-alone',
      comment: 'components/ui is the bottom: it knows no other component and no use-case.',
      severity: 'error',
      from: { path: '^components/ui/' },
      to: { path: ['^components/(?!ui/)', '^lib/(?!i18n/)'] },
    },
    {
      name: 'no-barrels',
      comment: 'The two hand-written doors are the only index files.',
      severity: 'error',
      from: { path: '^(app|components|lib|tests|bench)/' },
      to: { path: '/index[.]tsx?$', pathNot: ['^lib/(policy|accounts)/index[.]ts$', '^node_modules/'] },
    },
    {
      name: 'product-needs-no-tests',
      comment: 'What ships depends neither on tests nor on packages that are there for development.',
      severity: 'error',
      from: { path: '^(app|components|lib|proxy\\.ts)' },
      to: { path: '^(tests|bench)/' },
    },
    {
      name: 'product-needs-no-development-packages',
      comment: 'What ships depends neither on tests nor on packages that are there for development.',
      severity: 'error',
      from: { path: '^(app|components|lib|proxy\\.ts)' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^lib/db/generated'] },
    exclude: { path: '^(\\.next|data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}
