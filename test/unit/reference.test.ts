import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { helpTexts, referenceFiles } from '../../scripts/reference/index.js';
import { run } from '../../src/cli/main.js';
import { BUILT_IN_RULES, configSchema } from '../../src/config/schema.js';
import { fold } from '../../src/journal/fold.js';
import { formatLine, readLines } from '../../src/journal/lines.js';
import { PLACEHOLDERS } from '../../src/model/comment.js';
import { configJsonSchema, journalJsonSchema, reportJsonSchema } from '../../src/schema.js';
import { DESCRIPTORS } from '../../src/trackers/index.js';
import { aFolder, load } from './config/given.js';

const files = referenceFiles({
  config: configJsonSchema(),
  report: reportJsonSchema(),
  journal: journalJsonSchema(),
  formatLine,
  placeholders: Object.entries(PLACEHOLDERS).map(([name, { summary }]) => [name, summary] as const),
  helps: await helpTexts(run),
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
