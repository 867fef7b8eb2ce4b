import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commentedConfig } from '../../../src/config/commented.js';
import { type FirstConfig, firstConfig } from '../../../src/config/first.js';
import { parseText } from '../../../src/config/parse.js';
import { BUILT_IN_RULES, configSchema } from '../../../src/config/schema.js';
import { DESCRIPTORS } from '../../../src/trackers/index.js';
import type { Recognized, Sign } from '../../../src/trackers/tracker.js';

const BARE = { schemaAt: null, tokenFrom: null };
const schema = configSchema({ descriptors: DESCRIPTORS, rules: BUILT_IN_RULES });
const read = (text: string): unknown => parseText('.bugprunerc', text);

const SOURCES: Recognized[] = [
  { name: 'acme/app', settings: { type: 'github', url: 'https://github.example.com/api/v3', repos: ['acme/app'] } },
  { name: 'acme', settings: { type: 'github', org: 'acme' } },
  { name: 'ERP', settings: { type: 'jira', url: 'https://jira.example.com:8443/jira', projects: ['ERP'] } },
  { name: 'backlog', settings: { type: 'file', path: 'a: #b.ndjson' } },
];

const USUAL = { signs: [], parked: [], warn: '1w', untargetedFor: '6w' };
const written = (config: FirstConfig, around = BARE as Parameters<typeof commentedConfig>[1]) => commentedConfig(config, around);

describe('names that mean something to YAML, to people or to nobody', () => {
  const name = fc.oneof(
    fc.constantFrom(
      'a: b',
      'a #b',
      '- a',
      '"',
      "'",
      '\\',
      '*',
      '&a',
      '!!str',
      'null',
      '1e3',
      '🐛',
      '👩‍💻',
      'x'.repeat(3000),
      '[',
      '{}',
      '%',
      '\n',
    ),
    fc.string({ unit: 'binary', minLength: 1 }),
  );
  const names = fc.array(name, { maxLength: 12 });
  const signs = fc.array(
    fc.record({ kind: fc.constantFrom<Sign['kind'][]>('label', 'type'), name, fit: fc.constant<'plain'>('plain') }),
  );

  test('are read as they were written', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SOURCES),
        signs,
        names,
        names,
        fc.constantFrom('1w', null),
        (source, chosen, parked, labels, warn) => {
          const settings = { priority: { Blocker: labels }, inProgress: labels, closeAs: { label: labels[0] ?? 'ntbf' } };
          const found = { signs: [], targets: [], priorities: [], settings: source.settings.type === 'github' ? settings : {} };
          const config = firstConfig(source, found, { signs: chosen, parked, warn, untargetedFor: '12w' });
          // Jira knows no labels that make a bug; nobody is offered one there.
          fc.pre(source.settings.type === 'github' || chosen.length === 0);
          expect(read(written(config))).toEqual(JSON.parse(JSON.stringify(config)));
        },
      ),
      { seed: 20261122, numRuns: 200 },
    );
  });
});

describe.each(SOURCES.map((source) => [source.name, source] as const))('the file for %s', (_, source) => {
  const config = firstConfig(source, null, USUAL);
  const text = written(config);

  test('is what was chosen, and a configuration', () => {
    expect(read(text)).toEqual(config);
    expect(schema.safeParse(read(text)).error).toBeUndefined();
  });

  test('has a comment before each key', () => {
    const lines = text.split('\n');
    const keys = lines.flatMap((line, index) => (/^ *(- )?[\w$]+:/.test(line) ? [index] : []));
    const bare = keys.filter((index) => !/^ *(- )?#/.test(lines[index - 1] ?? '')).map((index) => lines[index]?.trim());
    expect(bare.filter((line) => !line?.startsWith(`${Object.keys(config.trackers)[0]}:`))).toEqual([]);
  });

  test('has no line that is too long to read', () => {
    expect(text.split('\n').filter((line) => line.length > 116)).toEqual([]);
  });

  test('shows in comments only what holds without them', () => {
    const active = uncommented(text);
    expect(active).not.toBe(text);
    expect(active).toMatch(/^keep:$/m);
    expect(active).toMatch(/^ {2}surge: 3x$/m);
    expect(schema.parse(read(active))).toEqual(schema.parse(config));
  });
});

/** With every key that is commented out made one that counts. */
function uncommented(text: string): string {
  const lines = text.split('\n').filter((line) => !line.includes('token:'));
  const isKey = (line: string) =>
    /^ *# ( *)[a-z][A-Za-z]*:( [[{\w"]|$)/.test(line) && !/(attention|untargeted|targeted|Default):/.test(line);
  return lines.map((line) => (isKey(line) || /^ *# {3,}#? ?/.test(line) ? line.replace('# ', '') : line)).join('\n');
}

test('the token is not in it, but where it comes from is', () => {
  const [github, , jira] = SOURCES;
  if (!github || !jira) throw new Error('no source');
  const of = (source: Recognized, tokenFrom: string | null) => written(firstConfig(source, null, USUAL), { ...BARE, tokenFrom });
  expect(of(github, 'GH_TOKEN')).toMatch(/# Where the token is\.(?:\n|.)*\n {4}# token: \{ env: GH_TOKEN \}\n/);
  expect(of(github, null)).not.toContain('# token:');
  expect(of(jira, 'the JIRA_ variables')).toContain('JIRA_API_TOKEN');
  expect(of(jira, 'the JIRA_ variables')).not.toContain('# token:');
});

test('editors are shown the schema where it is there', () => {
  const config = firstConfig({ name: 'x', settings: { type: 'file', path: 'x.ndjson' } }, null, USUAL);
  expect(written(config, { ...BARE, schemaAt: './some/schema.json' })).toMatch(
    /^# yaml-language-server: \$schema=.\/some\/schema.json\n/,
  );
  expect(written(config)).not.toContain('yaml-language-server');
});
