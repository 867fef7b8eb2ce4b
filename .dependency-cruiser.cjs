// Who may import whom, each rule with its reason. CONTRIBUTING.md tells the same story in prose.

/** Rooms by the names that CONTRIBUTING.md uses. */
const ROOM = {
  model: '^src/model/',
  errors: '^src/errors\\.ts$',
  rules: '^src/rules/',
  backtest: '^src/backtest/',
  report: '^src/report/',
  contract: '^src/trackers/tracker\\.ts$',
  registry: '^src/trackers/index\\.ts$',
  adapter: '^src/trackers/([^/]+)/',
  config: '^src/config/',
  apply: '^src/apply/',
  lock: '^src/lock\\.ts$',
  journal: '^src/journal/',
  systemError: '^src/system-error\\.ts$',
  useCases: '^src/use-cases/',
  cli: '^src/cli/',
  testing: '^src/testing/',
};

/** A room may import itself, the given rooms and packages; the comment says why not more. */
function mayImportOnly(room, allowed, comment) {
  return {
    name: `${room}-imports`,
    comment,
    severity: 'error',
    from: { path: ROOM[room] },
    to: { pathNot: [ROOM[room], ...allowed] },
  };
}

const npm = (...names) => names.map((name) => `^(node_modules/)?${name}(/|$)`);
const node = (...names) => names.map((name) => `^(node:)?${name}$`);

module.exports = {
  forbidden: [
    mayImportOnly(
      'model',
      npm('zod'),
      'The model is what everything else is made of: it knows nothing but itself, and it does nothing but compute.',
    ),
    mayImportOnly('errors', [], 'Every room throws these errors, so they can know none of them.'),
    mayImportOnly('systemError', [], 'Words for what the operating system says are the same in every room.'),
    mayImportOnly(
      'rules',
      [ROOM.model, ROOM.errors, ...npm('zod')],
      'Judging is pure: no clock, no input or output, no tracker. That makes dry runs, backtests and "explain" trustworthy.',
    ),
    mayImportOnly(
      'backtest',
      [ROOM.model, ROOM.errors, ROOM.rules, ...npm('zod')],
      'A backtest asks the ordinary judge about the past. It is as pure as judging, and cannot tell that the bugs come from a file.',
    ),
    mayImportOnly(
      'report',
      [ROOM.model, ROOM.errors, ROOM.rules, '^src/backtest/document\\.ts$', ...npm('zod', 'string-width'), ...node('crypto')],
      'A format is a function from a report to text; colours and widths are handed in, files are written elsewhere. The HTML page names its own style and script by hash, which is a function of their text.',
    ),
    mayImportOnly(
      'contract',
      [ROOM.model, ROOM.errors, ...npm('zod')],
      'The contract of a tracker speaks the words of the model and of nobody else.',
    ),
    {
      name: 'adapters-know-their-own-tracker-only',
      comment: 'What is true of one tracker must not leak into another; what is common belongs into the contract or the model.',
      severity: 'error',
      from: { path: ROOM.adapter },
      to: {
        pathNot: [
          '^src/trackers/$1/',
          ROOM.contract,
          ROOM.model,
          ROOM.errors,
          ROOM.lock,
          ROOM.systemError,
          '^node:',
          ...node('fs', 'fs/promises', 'path', 'os', 'process', 'url', 'readline', 'crypto', 'buffer', 'util'),
          ...npm('zod', '@octokit/[^/]+', 'jira-client'),
        ],
      },
    },
    {
      name: 'sdks-stay-in-their-adapter',
      comment: 'An SDK imported elsewhere is vendor knowledge in the wrong place, and loads at every start.',
      severity: 'error',
      from: { pathNot: '^src/trackers/(github|jira)/' },
      to: { path: npm('@octokit/[^/]+', 'jira-client') },
    },
    mayImportOnly(
      'config',
      [
        ROOM.model,
        ROOM.errors,
        ROOM.systemError,
        ROOM.rules,
        ROOM.contract,
        ROOM.registry,
        ...npm('zod', 'cosmiconfig', 'fastest-levenshtein'),
        ...node('fs/promises', 'path', 'module', 'url', 'crypto'),
      ],
      'Configuration turns files and flags into one checked object. It opens no tracker.',
    ),
    mayImportOnly(
      'apply',
      [
        ROOM.model,
        ROOM.errors,
        ROOM.rules,
        ROOM.contract,
        '^src/report/(document|next)\\.ts$',
        '^src/journal/(document|fold|undone)\\.ts$',
      ],
      'Applying writes through the contract of a tracker and through nothing else.',
    ),
    mayImportOnly(
      'lock',
      [ROOM.systemError, ...npm('zod'), ...node('fs/promises', 'os', 'process', 'crypto')],
      'Snapshots and journals share one lock, so it can speak the words of neither.',
    ),
    mayImportOnly(
      'journal',
      [
        ROOM.model,
        ROOM.errors,
        ROOM.contract,
        ROOM.lock,
        ROOM.systemError,
        '^src/report/document\\.ts$',
        ...npm('zod'),
        ...node('fs/promises', 'path', 'crypto'),
      ],
      'A journal remembers what was done; it does nothing to a tracker, and must be readable when all else is gone.',
    ),
    {
      name: 'use-cases-do-not-know-the-terminal',
      comment: 'The use cases are the library: they must run where there is no command line.',
      severity: 'error',
      from: { path: ROOM.useCases },
      to: { path: [ROOM.cli, ...npm('chalk', 'commander')] },
    },
    mayImportOnly(
      'cli',
      [
        ROOM.errors,
        ROOM.systemError,
        ROOM.report,
        ROOM.config,
        ROOM.useCases,
        '^src/apply/limits\\.ts$',
        '^src/journal/(journal|folder|fold)\\.ts$',
        ROOM.contract,
        ROOM.registry,
        '^src/model/instant\\.ts$',
        ...npm('commander', 'chalk'),
        '^node:',
        ...node(
          'fs',
          'fs/promises',
          'path',
          'module',
          'child_process',
          'crypto',
          'events',
          'perf_hooks',
          'readline/promises',
          'timers/promises',
        ),
      ],
      'The command line parses, shows and asks. It decides nothing about bugs.',
    ),
    mayImportOnly(
      'testing',
      [ROOM.model, ROOM.errors, ROOM.contract, ...npm('zod'), ...node('assert/strict')],
      'What authors of adapters test with must not need the rest of bugprune.',
    ),
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one file, or lack a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-dev-dependency-in-the-product',
      comment:
        'It would be missing where bugprune is installed. jira-client is no exception: the build bundles it into the one file that imports it.',
      severity: 'error',
      from: { path: '^(src|bin)/', pathNot: '^src/trackers/jira/transport/jira-client\\.ts$' },
      to: { dependencyTypes: ['npm-dev'] },
    },
    {
      name: 'no-dead-files',
      comment: 'What nothing reaches from the program or the library is dead.',
      severity: 'error',
      from: { path: '^(src/(index|testing)\\.ts|src/cli/main\\.ts|src/cli/io\\.ts)$' },
      to: { path: '^src/', pathNot: '^src/(index|testing|cli/main|cli/io)\\.ts$|\\.d\\.ts$', reachable: false },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
