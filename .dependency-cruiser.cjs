// Who may import whom: the layers of the house, one way. "npm run lint" refuses everything else.

/** A layer may import from itself, from the layers named, and from packages and Node unless `packages` narrows that. */
function layer(name, from, allowed, packages) {
  const rules = [
    {
      name: `${name}-reaches-too-far`,
      comment: `${name} may import only: itself${allowed.length ? `, ${allowed.join(', ')}` : ''}.`,
      severity: 'error',
      from: { path: from },
      to: { path: '^(electron|renderer|test)/', pathNot: [from, ...allowed] },
    },
  ];
  if (packages) {
    rules.push({
      name: `${name}-imports-a-package`,
      comment: `${name} is pure: no Node, and of packages only those named here.`,
      severity: 'error',
      from: { path: from },
      to: { pathNot: ['^(electron|renderer|test)/', ...packages] },
    });
  }
  return rules;
}

const zod = '(^|/)node_modules/zod/';
const common = '^electron/common/';
const domain = '^electron/domain/';
const adapters = '^electron/adapters/';
const threads = '^electron/threads/';
const practice = '^electron/practice/';
const compose = '^electron/compose[a-z-]*\\.ts$';
const ipc = '^electron/ipc/';
const shell = '^electron/shell/';
const cli = '^electron/cli/';
const windowRoot = '^renderer/[^/]+\\.(ts|tsx)$';
const bridge = '^renderer/bridge\\.ts$';
const stores = '^renderer/stores/';
const ui = '^renderer/ui/';
const navigation = '^renderer/navigation/';
const looks = '^renderer/(styles|fonts)/';
const language = '^renderer/language/';
/** Each part of the window keeps its words beside it; the language collects them. */
const windowWords = '^renderer/[^.]*texts\\.(en|de)\\.ts$';

module.exports = {
  forbidden: [
    ...layer('common', common, [], [zod]),
    ...layer('domain', domain, [common], [zod]),
    ...layer('adapters', adapters, [domain, common]),
    ...layer('threads', threads, [adapters, domain, common]),
    ...layer('practice', practice, [adapters, domain, common]),
    ...layer('compose', compose, [domain, adapters, threads, practice, common]),
    ...layer('ipc', ipc, [domain, common]),
    ...layer('shell', shell, [practice, domain, common]),
    ...layer('cli', cli, [compose, domain, common]),
    ...layer('main', '^electron/main\\.ts$', [compose, shell, ipc, domain, common]),
    ...layer('preload', '^electron/preload\\.ts$', [common]),
    ...layer('renderer/language', language, [windowWords, common]),
    ...layer('renderer/stores', stores, [bridge, language, common]),
    ...layer('renderer/bridge', bridge, [common]),
    ...layer('renderer/ui', ui, [navigation, language, looks, common]),
    ...layer('renderer/navigation', navigation, [language, common]),
    ...layer('renderer/features', '^renderer/features/', [stores, ui, navigation, language, looks, common]),
    ...layer('renderer root', windowRoot, ['^renderer/', common]),
    {
      name: 'feature-imports-a-feature',
      comment: 'Features meet in stores, never in each other.',
      severity: 'error',
      from: { path: '^renderer/features/([^/]+)/' },
      to: { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
    },
    {
      name: 'only-types-of-domain',
      comment:
        'The command line and the window system know the shapes of the domain; its decisions reach them by compose(). A diagnosis is none: it needs a file and no service.',
      severity: 'error',
      from: { path: [cli, shell] },
      to: { path: domain, pathNot: '^electron/domain/incidents/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'electron-outside-its-places',
      comment: 'Everything but main, preload, ipc and shell runs under plain Node.',
      severity: 'error',
      from: { path: '^(electron|renderer)/', pathNot: ['^electron/(main|preload)\\.ts$', ipc, shell, '^electron/setup/'] },
      to: { path: '(^electron$|(^|/)node_modules/electron/)' },
    },
    {
      name: 'product-imports-tests',
      severity: 'error',
      from: { path: '^(electron|renderer)/' },
      to: { path: '^test/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist|\\.runtime)/' },
    tsPreCompilationDeps: true, // sees type-only imports too
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
