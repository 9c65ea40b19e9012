// The house rules that a machine can check; CONTRIBUTING tells why each exists.
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const typescript = ['electron/**/*.ts', 'renderer/**/*.{ts,tsx}', 'test/**/*.{ts,tsx}'];

const noModuleState = {
  selector: 'Program > VariableDeclaration[kind=let], Program > ExportNamedDeclaration > VariableDeclaration[kind=let]',
  message: 'State lives in an object that compose() creates, not in a module.',
};
const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Use a named export: one thing has one name everywhere.',
};
const noBarrel = {
  selector: 'ExportAllDeclaration, ExportNamedDeclaration[source]',
  message: 'No barrels: import from the file that defines it.',
};
const noShell = {
  selector: 'Property[key.name=shell][value.value=true]',
  message: 'Start a process with an argument array, never through a shell.',
};
const houseSyntax = [noModuleState, noDefaultExport, noBarrel, noShell];

/** Names and units that are the same in every language. */
const sameEverywhere = '/^\\W*(Athena|VNC|RDP|GameStream|ms|px|SHA-256)\\W*$/';
const aWord = `[value=/[A-Za-z]{2}/]:not([value=${sameEverywhere}])`;
const spokenAttributes = '/^(label|title|alt|placeholder|hint|note|text|message|advice|action|error|warning|aria-label|aria-description|aria-valuetext)$/';
const spokenProperties = '/^(label|title|placeholder|hint|note|advice|message|words)$/';
const sayItInBoth = 'Words live in texts.en.ts and texts.de.ts beside the part they belong to: t() in a component, wordsOf() elsewhere.';
const noBareWords = [
  `JSXText${aWord}`,
  // {'On'}, {isOn ? 'On' : 'Off'}, {isOn && 'On'}, and the same as an attribute that is read or spoken.
  ...['Literal', 'ConditionalExpression > Literal', 'LogicalExpression > Literal'].flatMap((literal) => [
    `:matches(JSXElement, JSXFragment) > JSXExpressionContainer > ${literal}${aWord}`,
    `JSXAttribute[name.name=${spokenAttributes}] > JSXExpressionContainer > ${literal}${aWord}`,
    `Property[key.name=${spokenProperties}] > ${literal}${aWord}`,
  ]),
  `JSXAttribute[name.name=${spokenAttributes}] > Literal${aWord}`,
  // A sentence, wherever it stands.
  'Literal[value=/^[A-Z][a-z’]* [a-z]/]',
].map((selector) => ({ selector, message: sayItInBoth }));
/** Of a text with figures in it. */
const aWordInside = '[value.cooked=/[A-Za-z]{3}/]:not([value.cooked=/(Athena|bit\\/s|dBm)/])';
const noBareTemplates = [
  `:matches(JSXElement, JSXFragment) > JSXExpressionContainer > TemplateLiteral > TemplateElement${aWordInside}`,
  `JSXAttribute[name.name=${spokenAttributes}] > JSXExpressionContainer > TemplateLiteral > TemplateElement${aWordInside}`,
  `Property[key.name=${spokenProperties}] > TemplateLiteral > TemplateElement${aWordInside}`,
].map((selector) => ({ selector, message: sayItInBoth }));
const noOwnLocale = [
  'CallExpression[callee.property.name=/^toLocale(Date|Time)?String$/] > Literal',
  'NewExpression[callee.object.name=Intl] > Literal',
].map((selector) => ({ selector, message: 'Numbers, dates and clocks follow the language: renderer/language/locale.ts.' }));

const noShellImports = ['node:child_process', 'child_process'].map((name) => ({
  name,
  importNames: ['exec', 'execSync'],
  message: 'Start a process with an argument array, never through a shell.',
}));
const noRawIpc = {
  name: 'electron',
  importNames: ['ipcMain', 'ipcRenderer'],
  message: 'Channels are declared in common/ipc-contract.ts and handled in electron/ipc.',
};

export default defineConfig(
  globalIgnores(['out/', 'dist/', '.runtime/', 'node_modules/', '**/*.d.mts', 'test/e2e/screenshots/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  {
    files: typescript,
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // A port may promise what one of its bodies can answer at once.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always'],
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-restricted-syntax': ['error', ...houseSyntax],
      'no-restricted-imports': ['error', { paths: [...noShellImports, noRawIpc] }],
      'max-lines': ['warn', { max: 350, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['electron/ipc/**/*.ts', 'electron/preload.ts', 'electron/shell/practice-client-preload.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: noShellImports }] },
  },
  {
    files: ['electron/domain/**/*.ts', 'electron/common/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['setTimeout', 'setInterval', 'setImmediate', 'process', 'window', 'console'].map((name) => ({
          name,
          message: 'This layer is pure: time, chance and the world come in through ports.',
        })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time comes from Clock.' },
        { object: 'performance', property: 'now', message: 'Time comes from Clock.' },
        { object: 'Math', property: 'random', message: 'Chance comes in as a function.' },
      ],
    },
  },
  {
    files: ['electron/domain/**/*.ts', 'electron/common/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...houseSyntax,
        { selector: 'NewExpression[callee.name=Date][arguments.length=0]', message: 'Time comes from Clock.' },
      ],
    },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat['recommended-latest']],
    rules: { 'no-restricted-syntax': ['error', ...houseSyntax, ...noBareWords, ...noBareTemplates, ...noOwnLocale] },
  },
  {
    // The second is a game's picture and not a window of Athena's.
    files: ['renderer/**/texts.{en,de}.ts', 'renderer/practice-client.ts'],
    rules: { 'no-restricted-syntax': ['error', ...houseSyntax] },
  },
  {
    files: ['test/**/*.{ts,tsx}'],
    rules: {
      // A test reads better when a long table of cases stays in one file.
      'max-lines': ['warn', { max: 600, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/unbound-method': 'off',
    },
  },

  {
    files: ['*.ts'],
    extends: [tseslint.configs.recommended],
  },
  {
    files: ['electron/setup/**/*.{mjs,cjs}', '*.{mjs,cjs}'],
    extends: [tseslint.configs.recommended],
    rules: {
      eqeqeq: ['error', 'always'],
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-undef': 'off',
      'max-lines': ['warn', { max: 200, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['electron/setup/*.mjs'],
    rules: { 'no-restricted-syntax': ['error', noModuleState, noDefaultExport, noBarrel, noShell] },
  },
  {
    files: ['electron/setup/default-app/*.cjs', '.dependency-cruiser.cjs'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
