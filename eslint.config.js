/** The lint rules. Import rules between packages and layers are in .dependency-cruiser.mjs. */
import tseslint from 'typescript-eslint';

/** The files that are allowed to touch the world; everything else is handed a clock, a transport, a file system. */
const world = [
  'packages/kit/src/platform/{node,web}/**',
  'packages/kit/src/http/fetch-transport.ts',
  'packages/kit/src/http/node/node-transport.ts',
  'packages/kit/src/http/fast-lane/**',
  'packages/kit/src/auth/loopback.ts',
  'packages/server/src/listen/**',
  'packages/server/src/storage/directory/**',
  'packages/server/src/page/app/**',
  'packages/cli/src/main.ts',
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

export default tseslint.config(
  {
    ignores: ['**/dist/', 'packages/kit/moved/', '**/node_modules/', '.tmp/', 'docs/reference/', 'coverage/'],
  },
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
  { files: ['packages/*/src/**/*.ts'], ignores: ['**/*.test.ts', ...world], rules: ambient },
  {
    files: ['packages/*/src/**/*.ts'],
    ignores: ['**/*.test.ts', 'packages/*/src/**/types/**', 'packages/*/src/**/types.ts'],
    rules: {
      'max-lines': ['error', { max: 350 }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 5],
      'max-depth': ['error', 4],
    },
  },
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
