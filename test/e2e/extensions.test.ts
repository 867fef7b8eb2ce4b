import { execFile } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/report/document.js';
import { bugprune, emptyFolder } from './program.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NOW = '2026-11-22T09:00:00Z';

const TRACKER = `
import { z } from 'zod';
import { aBug, memoryTracker } from 'bugprune/testing';

export default {
  type: 'notebook',
  settings: z.strictObject({ type: z.literal('notebook'), page: z.number() }),
  recognize: () => null,
  open: async ({ page }, env) =>
    memoryTracker(
      [
        aBug({ tracker: env.name, ref: 'NOTE-' + page, title: 'On page ' + page }),
        aBug({ tracker: env.name, ref: 'NOTE-0', title: 'Has a reproduction', labels: ['has repro'] }),
      ],
      env.now,
    ),
};
`;

const RULE = `
import { defineRule, finding } from 'bugprune';
import { z } from 'zod';

export default defineRule({
  id: 'reproduced',
  kind: 'guard',
  summary: 'Bugs that somebody reproduced are kept.',
  options: z.boolean(),
  check: (bug) => finding(bug.labels.includes('has repro'), 'somebody reproduced it'),
});
`;

const FORMAT = `
export default {
  extension: 'slack',
  render: ({ summary }) => \`\${summary.close} of \${summary.open} would go\\n\`,
};
`;

/** Runs the suite for authors as a script would: any test runner will do, and none too. */
const CONFORMANCE = `
import { aBug, memoryTracker, trackerContract } from 'bugprune/testing';

let tick = Date.parse('${NOW}');
const now = () => new Date((tick += 1000)).toISOString().slice(0, 19) + 'Z';
const person = { id: 'mona', name: 'mona', kind: 'human' };
const make = async (seeds) => {
  const bugs = seeds.map(({ title, createdAt, target, closed }, index) =>
    aBug({
      ref: 'NOTE-' + (index + 1),
      title,
      createdAt,
      targets: target ? [{ name: target, state: 'open' }] : [],
      state: closed ? 'closed' : 'open',
      status: closed ? 'closed' : 'open',
    }),
  );
  const tracker = memoryTracker(bugs, now);
  const happen = (ref, change, event) => {
    const bug = tracker.bugs.get(ref);
    const at = now();
    tracker.bugs.set(ref, { ...bug, ...change, updatedAt: at, events: [...bug.events, { at, actor: person, ...event }] });
  };
  return {
    tracker,
    name: 'app',
    refs: bugs.map(({ ref }) => ref),
    personComments: async (ref, value) => happen(ref, { comments: 1 }, { kind: 'commented', value }),
    personReopens: async (ref) => happen(ref, { state: 'open', status: 'open' }, { kind: 'reopened' }),
    dispose: async () => {},
  };
};
for (const { name, run } of trackerContract(make)) {
  await run();
  console.log('ok ' + name);
}
`;

/** A folder in which bugprune is installed, with modules of the user's own and a configuration that names them. */
function userFolder(): string {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(ROOT, join(folder, 'node_modules/bugprune'));
  symlinkSync(join(ROOT, 'node_modules/zod'), join(folder, 'node_modules/zod'));
  const files = { 'tracker.mjs': TRACKER, 'rule.mjs': RULE, 'format.mjs': FORMAT, 'conformance.mjs': CONFORMANCE };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  writeFileSync(
    join(folder, '.bugprunerc'),
    `
trackers: { notes: { type: ./tracker.mjs, page: 7 } }
rules: [./rule.mjs]
formats: { slack: ./format.mjs }
keep: { reproduced: true }
`,
  );
  return folder;
}

describe('modules of the user', () => {
  test('a tracker, a rule and a format work together', async () => {
    const cwd = userFolder();
    const { code, stdout, stderr } = await bugprune(['--config', '.bugprunerc', '--json', '-o', 'out.slack', '--now', NOW], {
      cwd,
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const report = JSON.parse(stdout) as Report;
    expect(report.trackers[0]).toMatchObject({ name: 'notes', type: 'notebook', complete: true });
    expect(report.bugs.map(({ ref, verdict, reasons }) => [ref, verdict, reasons[0]?.message])).toEqual([
      ['NOTE-0', 'keep', 'somebody reproduced it'],
      ['NOTE-7', 'close', 'no target release for 1056 days'],
    ]);
    const slack = await bugprune(['--config', '.bugprunerc', '--format', 'slack', '--now', NOW], { cwd });
    expect(slack.stdout).toBe('1 of 2 would go\n');
  });

  test('are not run from a configuration that was only found', async () => {
    const { code, stdout, stderr } = await bugprune(['--now', NOW], { cwd: userFolder() });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/names a module to run[\s\S]*--config/);
  });

  test('the conformance suite runs without a test runner', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['conformance.mjs'], { cwd: userFolder() });
    expect(stdout.trim().split('\n').length).toBeGreaterThan(12);
  });
});
