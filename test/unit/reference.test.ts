import { spawnSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { helpTexts, referenceFiles } from '../../scripts/reference/index.js';
import { grammarOf } from '../../src/cli/completion/grammar.js';
import { run } from '../../src/cli/main.js';
import { buildProgram } from '../../src/cli/program.js';
import { BUILT_IN_RULES, configSchema } from '../../src/config/schema.js';
import { EXIT_CODES } from '../../src/errors.js';
import { fold } from '../../src/journal/fold.js';
import { formatLine, readLines } from '../../src/journal/lines.js';
import { PLACEHOLDERS } from '../../src/model/comment.js';
import { DESCRIPTORS } from '../../src/trackers/index.js';
import { backtestJsonSchema, configJsonSchema, journalJsonSchema, reportJsonSchema } from '../../src/use-cases/schema.js';
import { anIo, aShell } from './cli/given.js';
import { aFolder, load } from './config/given.js';

const grammar = grammarOf(buildProgram(aShell(anIo({})), () => {}));
const files = referenceFiles({
  config: configJsonSchema(),
  report: reportJsonSchema(),
  journal: journalJsonSchema(),
  backtest: backtestJsonSchema(),
  formatLine,
  placeholders: Object.entries(PLACEHOLDERS).map(([name, { summary }]) => [name, summary] as const),
  helps: await helpTexts(run),
  grammar,
});

test.each(Object.entries(files))('%s is what "npm run generate" writes', async (path, text) => {
  expect(await readFile(path, 'utf8')).toBe(text);
});

/** The names of all keys in a JSON Schema. */
function keysIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = 'properties' in schema ? Object.keys(schema.properties as object) : [];
  return [...own, ...Object.values(schema).flatMap(keysIn)];
}

describe('.bugprunerc.example', () => {
  const example = files['.bugprunerc.example'] ?? '';

  test('loads, and means one tracker and all defaults', async () => {
    const config = await load(await aFolder({ '.bugprunerc': example }));
    const app = { type: 'github', repos: ['acme/app'] };
    const defaults = await load(await aFolder({ '.bugprunerc': { trackers: { app } } }));
    expect(config.trackers).toEqual(defaults.trackers);
    expect(config.policyDigest).toBe(defaults.policyDigest);
    expect(config.formats).toEqual({});
  });

  test('gives every default as it is', () => {
    const parsed = configSchema({ descriptors: DESCRIPTORS, rules: BUILT_IN_RULES }).parse({});
    for (const text of [parsed.policies[0]?.comment ?? '', parsed.policies[0]?.warning ?? '']) {
      for (const line of text.split('\n')) expect(example).toContain(line);
    }
    expect(example).toContain('  labels: [pinned, security]\n');
    expect(example).toContain('      untargetedFor: 6w\n');
  });

  test('names every key', () => {
    for (const key of new Set(keysIn(configJsonSchema())))
      expect(example, key).toMatch(new RegExp(`(^|[\\s#{-])\\$?${key.replace('$', '')}:`, 'm'));
  });

  test('the trackers that are commented out load as well', async () => {
    const block = example.split(/^targets:$/m)[0]?.split(/^ {4}pace: 1s$/m)[1] ?? '';
    const lines = [...block.matchAll(/^ {2}# (.*)$/gm)].map(([, line]) => `  ${line}`);
    const config = await load(await aFolder({ '.bugprunerc': ['trackers:', ...lines].join('\n') }));
    expect(config.trackers.map(({ descriptor }) => descriptor.type)).toEqual(['jira', 'file']);
  });

  test.each([
    ['warn: 1w', 'warn'],
    ['keep: { assigned: true, votes: 10, comments: 20 }', 'keep'],
    ['assigned: true', 'assigned'],
    ['token: { env: ACME_TOKEN }', 'token'],
    ['label: ntbf', 'label'],
  ])('%s may be switched on', async (line) => {
    const content = example.replace(`# ${line}`, line);
    expect(content).not.toBe(example);
    expect((await load(await aFolder({ '.bugprunerc': content }))).trackers).toHaveLength(1);
  });
});

describe('the reference page', () => {
  const page = files['docs/reference/configuration.md'] ?? '';

  test('has every key, rule and placeholder', () => {
    for (const key of new Set(keysIn(configJsonSchema())))
      expect(page, key).toMatch(new RegExp(`\`([\\w.]+\\.)?\\$?${key.replace('$', '')}\``));
    for (const { id, summary } of BUILT_IN_RULES) {
      expect(page).toContain(`| \`${id}\` |`);
      expect(page).toContain(summary);
    }
    for (const name of Object.keys(PLACEHOLDERS)) expect(page).toContain(`\`{{${name}}}\``);
  });

  test('every key has a meaning', () => {
    const rows = page.split('\n').filter((line) => line.startsWith('| `'));
    expect(rows.length).toBeGreaterThan(40);
    expect(rows.filter((row) => / \| +\|$/.test(row))).toEqual([]);
  });
});

test('the command-line page has every command', () => {
  const page = files['docs/reference/cli.md'] ?? '';
  for (const name of ['report', 'prune', 'explain', 'snapshot', 'schema'])
    expect(page).toContain(`## \`bugprune ${name}\`\n\n\`\`\`text\nUsage: bugprune ${name} `);
});

describe('the journal page', () => {
  const page = files['docs/reference/journal.md'] ?? '';

  test('has every line and key', () => {
    for (const key of keysIn(journalJsonSchema()).filter((key) => key !== 'bug')) expect(page).toContain(key);
    for (const line of ['run', 'plan', 'take-back', 'intent', 'done', 'result', 'resumed', 'end']) {
      expect(page).toMatch(new RegExp(`^\\| \`${line}\` \\| .+ \\| \\w.+ \\|$`, 'm'));
    }
  });

  test('has an example that is a journal', () => {
    const example = /```json\n(.+?)```/s.exec(page)?.[1] ?? '';
    const state = fold(readLines(example).lines);
    expect(state).toMatchObject({ end: 'finished', bugs: [{ done: ['comment', 'close'], outcome: { status: 'closed' } }] });
  });
});

describe('the manual', () => {
  const page = files['man/bugprune.1'] ?? '';
  /** What stands in one section, without the signs that keep roff from changing it. */
  const section = (title: string): string => {
    const [, text = ''] = page.split(new RegExp(`^\\.SH ${title}$`, 'm'));
    return (text.split(/^\.SH /m)[0] ?? '').replaceAll('\\-', '-');
  };

  test('has every command, and every option that its help shows', async () => {
    const common = section('OPTIONS OF MOST COMMANDS');
    const parts = section('COMMANDS').split(/^\.SS /m);
    for (const [command, help] of (await helpTexts(run)).filter(([name]) => /^bugprune (?!help)/.test(name))) {
      const part = parts.find((one) => one.startsWith(`${command}\n`)) ?? '';
      const options = [...help.matchAll(/^ {2}(-\w, )?(--[\w-]+)/gm)].map(([, , long]) => long);
      expect(options, command).toContain('--help');
      for (const option of options) expect(part + common, command).toContain(option);
    }
  });

  test('is installed by npm, which links what stands in a list and passes over a single name', async () => {
    const { man, files: packed } = JSON.parse(await readFile('package.json', 'utf8'));
    expect(man).toEqual(['./man/bugprune.1']);
    expect(packed).toContain('man');
  });

  test('has every exit code', () => {
    const codes = [...section('EXIT STATUS').matchAll(/^\.TP\n\\fB(\d+)\\fR\n\S/gm)].map(([, code]) => Number(code));
    expect(codes).toEqual([...new Set([0, 1, 5, 70, ...Object.values(EXIT_CODES)])].toSorted((a, b) => a - b));
  });

  test('has every variable that the sources know', async () => {
    // In links.ts terminals tell which they are; nobody sets that.
    const sources = (await readdir('src', { recursive: true })).filter((path) => /(?<!links)\.ts$/.test(path));
    const texts = await Promise.all(sources.map((path) => readFile(`src/${path}`, 'utf8')));
    const named = texts.flatMap((text) => [...text.matchAll(/variables\.([A-Z_]+)|['`]((?:GH|GITHUB|JIRA)_[A-Z_]+)['`]/g)]);
    const names = new Set(named.map(([, asked, quoted]) => asked ?? quoted ?? ''));
    expect([...names]).toEqual(expect.arrayContaining(['GITHUB_TOKEN', 'JIRA_API_TOKEN', 'NO_COLOR', 'BUGPRUNE_STATE_DIR']));
    for (const name of names) expect(section('ENVIRONMENT')).toContain(`\\fB${name}\\fR`);
  });

  test.skipIf(spawnSync('groff', ['--version']).error)('troubles no roff, and what is to be copied is to the letter', () => {
    const { stdout, stderr } = spawnSync('groff', ['-man', '-Tutf8', '-Kutf8', '-ww', '-P-cbou'], {
      input: page,
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^ +--fail-on <what>$/m);
    expect(stdout).toMatch(/ bugprune completion zsh > "\$\{fpath\[1\]\}\/_bugprune"$/m);
  });
});
