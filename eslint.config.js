/**
 * The lint rules, and with them the architecture: `layers` is the diagram. Each layer may import itself and
 * what its line names; anything else fails `npm run lint`. Folders are layers; see docs/architecture.md.
 */
import tseslint from 'typescript-eslint';

/** layer → what it may import */
const layers = {
  errors: [],
  platform: ['errors'],
  hash: [],
  http: ['platform', 'errors'],
  auth: ['http', 'platform', 'errors'],
  graph: ['http', 'errors'],
  live: ['http', 'errors'],
  drive: ['graph', 'live', 'hash', 'http', 'platform', 'errors'],
  config: ['auth', 'platform', 'errors'],
  // The older tool's layering by its names: one thin module over the layers below.
  compat: ['drive', 'live', 'graph', 'config', 'auth', 'http', 'platform', 'errors'],
  // The server shares type declarations and the hash with the client, never an encoder or a parser.
  server: ['hash', 'platform'],
  cli: ['config', 'server', 'drive', 'auth', 'graph', 'live', 'hash', 'http', 'platform', 'errors'],
};

/** The files that are allowed to touch the world; everything else is handed a clock, a transport, a file system. */
const world = [
  'src/platform/{node,web}/**',
  'src/http/fetch-transport.ts',
  'src/http/node/node-transport.ts',
  'src/http/fast-lane/**',
  'src/auth/loopback.ts',
  'src/server/listen/**',
  'src/server/storage/directory/**',
  'src/cli/main.ts',
];

const ambient = {
  'no-restricted-globals': [
    'error',
    ...['fetch', 'process', 'console', 'setTimeout', 'setInterval', 'setImmediate'].map((name) => ({
      name,
      message:
        'The world is an argument here: take a clock, a transport or streams (eslint.config.js, `world`).',
    })),
  ],
  'no-restricted-properties': [
    'error',
    { object: 'Date', property: 'now', message: 'Take a Clock.' },
    { object: 'Math', property: 'random', message: 'Take a Random.' },
    { object: 'performance', property: 'now', message: 'Take a Clock.' },
  ],
};

const upward = (layer) =>
  Object.keys(layers).filter((other) => other !== layer && !layers[layer].includes(other));

const imports = (layer) => ({
  files: [`src/${layer}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(\\.\\./)+(${upward(layer).join('|')})/(?!types(/|\\.ts))`,
            message: `\`${layer}\` may import only: ${[layer, ...layers[layer]].join(', ')} (eslint.config.js, \`layers\`).`,
          },
        ],
      },
    ],
  },
});

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'docs/reference/', 'coverage/'] },
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/only-throw-error': 'off', // `throw signal.reason` is the house rule for cancellation
      '@typescript-eslint/prefer-promise-reject-errors': [
        'error',
        { allowThrowingAny: true, allowThrowingUnknown: true },
      ],
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/require-await': 'off', // seams are async even where one implementation is not
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
    },
  },
  { files: ['src/**/*.ts'], ignores: ['**/*.test.ts', ...world], rules: ambient },
  {
    files: ['src/**/*.ts'],
    ignores: ['**/*.test.ts', 'src/**/types/**', 'src/**/types.ts'],
    rules: {
      'max-lines': ['error', { max: 350 }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 5],
      'max-depth': ['error', 4],
    },
  },
  ...Object.keys(layers).map(imports),
  {
    files: ['**/*.test.ts', 'test/**/*.ts', 'bench/**/*.ts', 'examples/**/*.ts', 'scripts/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    // Other people's clients, and answers of every shape, are `any`.
    files: ['test/interop/**/*.ts', 'test/server/**/*.ts', 'test/contract-openapi/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
);
