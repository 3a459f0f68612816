import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Name what a module exports; default exports are for Svelte and configuration files.',
};

/** Rooms whose every call may be a promise that somebody forgot to wait for. */
const privileged = ['src-main/**/*.ts', 'src-shared/**/*.ts'];

export default tseslint.config(
  {
    ignores: [
      'out/',
      'dist/',
      'screens/',
      'test-results/',
      'playwright-report/',
      'coverage/',
      '.slipway/',
      '.vitest/',
      'build/',
    ],
  },
  {
    files: ['**/*.{ts,mjs,js,svelte}'],
    languageOptions: { ecmaVersion: 2025, sourceType: 'module' },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'smart'],
      'no-var': 'error',
      'prefer-const': 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-eval': 'error',
      'no-new-func': 'error',
      'no-implied-eval': 'error',
      'no-restricted-syntax': ['error', noDefaultExport],
      'object-shorthand': 'error',
    },
  },
  ...tseslint.configs.strict.map((config) => ({ ...config, files: ['**/*.{ts,svelte}'] })),
  ...svelte.configs['flat/recommended'],
  {
    files: ['**/*.{ts,svelte}'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      // The types of an empty catch binding or an ignored argument say what is meant by an underscore.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-invalid-void-type': ['error', { allowAsThisParameter: true }],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { globals: globals.browser, parserOptions: { parser: tseslint.parser } },
    rules: {
      // Svelte's own compiler and svelte-check know about runes, props and snippets.
      'prefer-const': 'off',
      'no-undef': 'off',
      'svelte/no-at-html-tags': 'error',
      // A Map that one computation makes and reads is no state.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    files: privileged,
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/only-throw-error': 'error',
    },
  },
  {
    // The same input gives the same output: time and chance are arguments.
    files: ['src-shared/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'src-shared has no clock: take `now` as an argument.' },
        { object: 'Math', property: 'random', message: 'src-shared has no chance: take a seeded stream.' },
      ],
      'no-restricted-globals': [
        'error',
        ...[
          'performance',
          'process',
          'window',
          'document',
          'crypto',
          'setTimeout',
          'setInterval',
          'fetch',
        ].map((name) => ({
          name,
          message: 'src-shared runs the same everywhere: no clock, no chance, no Node, no DOM.',
        })),
      ],
      'no-restricted-syntax': [
        'error',
        noDefaultExport,
        {
          selector:
            'NewExpression[callee.name="Date"][arguments.length=0], CallExpression[callee.name="Date"]',
          message: 'src-shared has no clock: take `now` as an argument.',
        },
      ],
      'no-restricted-imports': ['error', { patterns: ['node:*', 'electron', 'better-sqlite3'] }],
    },
  },
  {
    // Tests may say "I know it is there": they fail loudly when it is not.
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['*.config.{ts,js}', 'test/**/*.config.ts', 'scripts/lib/*-outcome.mjs'],
    rules: { 'no-restricted-syntax': 'off' },
  },
);
