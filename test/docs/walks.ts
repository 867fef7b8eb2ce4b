import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

// What CONTRIBUTING.md tells to do, done to a copy of the repository: each function is one walk, step by step.

/** Puts a text in the place of another that must be there once. */
function change(folder: string, path: string, from: string, to: string): void {
  const text = readFileSync(join(folder, path), 'utf8');
  if (text.split(from).length !== 2) throw new Error(`expected once in ${path}: ${from}`);
  writeFileSync(
    join(folder, path),
    text.replace(from, () => to),
  );
}

function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** The example is JavaScript: its types are not looked at. */
const UNTYPED = '// @ts-nocheck\n';

const MOVED_IN: readonly [from: string, to: string][] = [
  ["import { TrackerError } from 'bugprune';", "import { TrackerError } from '../../errors.js';"],
  [
    "import { bugSchema, TrackerError } from 'bugprune';",
    "import { TrackerError } from '../../errors.js';\nimport { bugSchema } from '../../model/bug.js';",
  ],
  ["import { z } from 'zod';", "import { z } from 'zod';\nimport type { TrackerDescriptor } from '../tracker.js';"],
  ['export default {', 'export const blotterDescriptor: TrackerDescriptor = {'],
];

const TESTED: readonly [from: string, to: string][] = [
  ["from 'bugprune/testing'", "from '../../src/testing.js'"],
  ["import blotter from './index.js'", "import { blotterDescriptor as blotter } from '../../src/trackers/blotter/index.js'"],
  ["from './stand-in.js'", "from '../fakes/blotter/index.js'"],
  [`  await run();\n  console.log(\`ok \${name}\`);`, '  test(name, run);'],
];

const replaced = (text: string, pairs: readonly [from: string, to: string][]): string =>
  pairs.reduce((now, [from, to]) => now.replace(from, () => to), text);

/** Add a tracker: the example adapter moves in. */
export function addTracker(folder: string): void {
  const example = (name: string) => readFileSync(join(folder, 'examples/adapter', `${name}.js`), 'utf8');
  for (const name of ['index', 'tracker', 'words', 'marker', 'client'])
    write(folder, `src/trackers/blotter/${name}.ts`, UNTYPED + replaced(example(name), MOVED_IN));
  const list = 'src/trackers/index.ts';
  change(
    folder,
    list,
    'import { fileDescriptor }',
    "import { blotterDescriptor } from './blotter/index.js';\nimport { fileDescriptor }",
  );
  change(folder, list, 'jiraDescriptor];', 'jiraDescriptor, blotterDescriptor];');
  const kind = "  blotter: ['notes', { url: 'https://blotter.example.com', product: 'app' }],\n";
  change(folder, 'scripts/reference/example.js', "  file: ['snapshot'", `${kind}  file: ['snapshot'`);
  write(folder, 'test/fakes/blotter/index.ts', UNTYPED + example('stand-in'));
  write(
    folder,
    'test/contract/blotter.test.ts',
    `${UNTYPED}import { test } from 'vitest';\n${replaced(example('conformance'), TESTED)}`,
  );
}

const RULE = `const reportedBy = defineRule({
  id: 'reportedBy',
  kind: 'guard',
  summary: 'Bugs that one of these people reported are kept; \`*\` stands for any characters.',
  options: option.names,
  check({ author }, patterns) {
    if (author === null) return unread('who reported it');
    return finding(nameMatcher(patterns)(author.name), \`reported by \${author.name}\`, { author: author.name });
  },
});

`;

const ROWS = `
table('reportedBy', [
  ['one of them', ['mona', 'lead'], { author: MONA }, 'match', 'reported by mona', { author: 'mona' }],
  ['somebody else', ['lead'], { author: MONA }, 'no-match', 'reported by mona'],
  ['nobody knows who', ['mona'], { author: null }, 'unknown', 'who reported it was not read'],
]);
`;

/** Add a rule: a guard. Nobody can change who reported a bug, so there is nothing to say about its turns. */
export function addRule(folder: string): void {
  const all = '/** All guards: the keys of `keep`. */\nexport const guards = {\n';
  change(folder, 'src/rules/guards.ts', all, `${RULE}${all}  reportedBy,\n`);
  const tests = 'test/unit/rules/guards.test.ts';
  write(folder, tests, readFileSync(join(folder, tests), 'utf8') + ROWS);
}

const FORMAT = `import { isProposal } from './document.js';
import { forTerminal } from './escape.js';
import type { Format } from './format.js';

/** One line for each proposal, for a chat. */
export const brief = {
  extension: 'brief',
  render({ bugs, summary }) {
    const lines = bugs.filter(isProposal).map(({ ref, title }) => forTerminal(\`\${ref} \${title}\`));
    return \`\${[...lines, \`\${summary.close} of \${summary.open} bugs would be closed\`].join('\\n')}\\n\`;
  },
} satisfies Format;
`;

/** Add a report format. */
export function addFormat(folder: string): void {
  write(folder, 'src/report/brief.ts', FORMAT);
  const list = 'src/report/formats.ts';
  change(folder, list, 'import { csv }', "import { brief } from './brief.js';\nimport { csv }");
  change(folder, list, 'FORMATS = { table,', 'FORMATS = { brief, table,');
  change(folder, 'src/cli/options.ts', 'csv, html, or a format', 'csv, html, brief, or a format');
}
