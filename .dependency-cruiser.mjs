/**
 * The import rules: `npm run lint -- layers`. They hold for static, dynamic and type-only imports alike, in every
 * package, entry files included. docs/architecture.md has the diagram.
 */

/** layer of packages/kit/src → the layers that it may import */
const kitLayers = {
  errors: [],
  platform: ['errors'],
  hash: [],
  http: ['platform', 'errors'],
  auth: ['http', 'platform', 'errors'],
  graph: ['http', 'errors'],
  live: ['http', 'errors'],
  drive: ['graph', 'live', 'hash', 'http', 'platform', 'errors'],
  config: ['auth', 'platform', 'errors'],
  compat: ['drive', 'live', 'graph', 'config', 'auth', 'http', 'platform', 'errors'],
};

/** package → the packages that it may import */
const packages = {
  kit: [],
  server: ['kit'],
  sync: ['kit'],
  cli: ['kit', 'server', 'sync'],
};

/** Files of the server that hold rules: they parse, compare and decide, and touch nothing. */
const serverRules = `^packages/server/src/(${[
  'core/(base-encodings|bounded-json|conditional|entity-tags|guid|join-bytes|media-type|path-segments|timestamps)',
  'core/odata/(metadata-level|odata-[a-z]+|prefer|related-parts|select|skip-token)',
  'files/items/(conflict|drive-address|item-ids|name-folding|name-rules)',
  'files/folders/special-folders',
  'files/content/byte-range',
  'files/uploads/upload-session',
  'files/delta/delta-token',
  'files/drives/quota',
  'media/thumbnail-size',
  'search/keyword-query',
].join('|')})\\.ts$`;

const production = { pathNot: '\\.test\\.ts$' };

const layerRules = Object.entries(kitLayers).map(([layer, below]) => ({
  name: `kit-${layer}`,
  comment: `${layer} may import only: ${[layer, ...below].join(', ')}.`,
  severity: 'error',
  from: { path: `^packages/kit/src/${layer}/`, ...production },
  to: {
    path: '^packages/kit/src/',
    pathNot: `^packages/kit/src/(${[layer, ...below].join('|')})/`,
  },
}));

const packageRules = Object.entries(packages).map(([name, others]) => ({
  name: `package-${name}`,
  comment: `packages/${name} may import only: ${[name, ...others].join(', ')}.`,
  severity: 'error',
  from: { path: `^packages/${name}/src/`, ...production },
  to: { path: '^packages/', pathNot: `^packages/(${[name, ...others].join('|')})/` },
}));

export default {
  forbidden: [
    ...layerRules,
    ...packageRules,
    {
      name: 'server-shares-no-codec',
      comment:
        'Of kit the server uses platform and hash only: a shared encoder or parser would let one wrong idea about the wire pass on both sides.',
      severity: 'error',
      from: { path: '^packages/server/src/', ...production },
      to: {
        path: '^packages/kit/src/',
        pathNot: '^packages/kit/src/(platform|hash)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'server-rules-are-pure',
      comment: 'Rules decide on values: they import neither routes nor storage nor the world of a server.',
      severity: 'error',
      from: { path: serverRules, ...production },
      to: {
        path: '^packages/server/src/',
        pathNot: [serverRules, '^packages/server/src/core/service-error\\.ts$', '-record\\.ts$'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-cycles',
      comment: 'No import cycles.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['dynamic-import'] } },
    },
    {
      name: 'exports-only',
      comment: 'Import another package by its name, never by a relative path.',
      severity: 'error',
      from: { path: '^packages/([^/]+)/src/', ...production },
      to: { path: '^packages/', pathNot: '^packages/$1/', dependencyTypes: ['local'] },
    },
    {
      name: 'resolvable',
      comment: 'Every import resolves: a package exports only what its package.json names.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'sources-do-not-import-tests',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/', ...production },
      to: { path: '\\.test\\.ts$|^(test|bench|scripts|examples)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules|/dist/' },
    exclude: { path: '/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@onedrive-kit/source', 'import', 'node', 'default', 'types'],
    },
    cache: { folder: 'node_modules/.cache/dependency-cruiser', strategy: 'content' },
  },
};
