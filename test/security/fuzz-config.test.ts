import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.js';
import { parseText } from '../../src/config/parse.js';
import { damage, damaged } from './damage.js';
import { expectCleanPrototypes, later, mutated, PATIENCE, text, times, word } from './runs.js';

const EXAMPLE = readFileSync(new URL('../../.bugprunerc.example', import.meta.url), 'utf8');
const SMALL = `
trackers:
  app: { type: github, repos: [acme/app], closeAs: { label: ntbf } }
  erp: &erp { type: jira, url: https://acme.atlassian.net, projects: [ERP], closeAs: { fields: { a: [1] } } }
targets: { parked: [Backlog, Future*], treat: { slipped: untargeted } }
keep: { labels: [pinned, 'a*b'], reopened: 6mo, snoozed: true }
policies:
  - name: untargeted
    when: { untargetedFor: 6w, idleFor: 2w, title: '*crash*' }
    keep: { votes: 10 }
    warn: 1w
    comment: no plan for {{untargetedFor}}
limits: { closes: 25, share: 20%, surge: 3x }
`;
const DOCUMENTS = [parseText('a.yaml', SMALL), parseText('a.yaml', EXAMPLE)];

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bugprune-fuzz-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Loads what stands in a file that a pull request may bring: found, not named. Fails on a crash or a change of what objects share. */
async function load(content: string, name = '.bugprunerc') {
  await writeFile(join(folder, name), content);
  const found = await later(content.length, () =>
    loadConfig({
      file: null,
      cwd: folder,
      sources: [],
      only: [],
      context: { variables: {}, isFile: () => false },
      about: null,
      fallback: () => Promise.resolve('acme/app'),
    }),
  ).finally(() => rm(join(folder, name)));
  if ('result' in found) {
    const { trackers, limits, names } = found.result;
    expectCleanPrototypes({ settings: trackers.map(({ settings }) => settings), limits, names });
  }
  return found;
}

const json = fc
  .tuple(fc.constantFrom(...DOCUMENTS), fc.array(damage, { minLength: 1, maxLength: 4 }))
  .map(([document, damages]) => damaged(document, damages));

test('a damaged configuration is loaded or refused in words, as YAML and as JSON', { timeout: PATIENCE }, async () => {
  const place = fc.constantFrom('.bugprunerc', '.bugprunerc.json', 'package.json');
  await fc.assert(
    fc.asyncProperty(json, place, async (content, name) => {
      await load(name === 'package.json' ? `{"bugprune":${content}}` : content, name);
    }),
    times(200),
  );
});

test('YAML with anything in it is loaded or refused in words', { timeout: PATIENCE }, async () => {
  const yaml = fc.oneof(
    mutated(fc.constant(SMALL)),
    fc.array(fc.oneof(word, fc.constant('\n  ')), { maxLength: 30 }).map((all) => all.join('')),
    text,
  );
  await fc.assert(
    fc.asyncProperty(yaml, async (content) => void (await load(content))),
    times(250),
  );
});

const levels = (count: number, open: string, close: string) => open.repeat(count) + close.repeat(count);
/** Nine times nine times nine …: each list holds the one before nine times. */
const bomb = (depth: number) => {
  const lists = Array.from(
    { length: depth },
    (_, index) => `a${index + 1}: &a${index + 1} [${Array(9).fill(`*a${index}`).join(', ')}]`,
  );
  return ['a0: &a0 [x]', ...lists].join(', ');
};
const withFields = (fields: string) =>
  `trackers: { erp: { type: jira, url: 'https://acme.atlassian.net', projects: [ERP], closeAs: { fields: ${fields} } } }`;

test.each([
  ['aliases that unfold to billions', withFields(`{ ${bomb(9)} }`)],
  ['aliases that unfold to billions, where nothing is known', `{ ${bomb(9)} }`],
  ['a list within itself', withFields('{ a: &a [*a] }')],
  ['settings within themselves', 'trackers: &t { erp: *t }'],
  ['100,000 levels of lists', withFields(`{ a: ${levels(100_000, '[', ']')} }`)],
  ['2,000 levels of lists', withFields(`{ a: ${levels(2_000, '[', ']')} }`)],
  ['merging its own prototype', '<<: { __proto__: { keep: 1 } }\ntargets: { parked: [x] }'],
])('%s: refused at once, in words', async (_, content) => {
  const found = await load(content);
  expect(found).toHaveProperty('refused');
});

test.each(['.bugprunerc.json', 'package.json'])('a list 50,000 levels deep is refused in %s', async (name) => {
  const content = JSON.stringify(parseText('a.yaml', withFields('{ a: SLOT }'))).replace('"SLOT"', levels(50_000, '[', ']'));
  expect(await load(name === 'package.json' ? `{"bugprune":${content}}` : content, name)).toHaveProperty('refused');
});

test.each(['__proto__', 'constructor', 'prototype', 'hasOwnProperty'])(
  'a tracker named %s is there or refused, never lost',
  async (name) => {
    const found = await load(`{"trackers":{"${name}":{"type":"github","repos":["acme/other"]}}}`);
    const names = 'result' in found ? found.result.trackers.map((one) => one.name) : [name];
    expect(names).toEqual([name]);
  },
);

test.each(['keep', 'targets', 'policies', 'limits', '__proto__', 'trackers'])('a key __proto__ in %s is refused', async (key) => {
  const inner = key === 'policies' ? '[{"name":"a","when":{"idleFor":"2w"},"__proto__":{"keep":{}}}]' : '{"__proto__":{"a":1}}';
  expect(await load(`{"${key}":${inner}}`)).toHaveProperty('refused');
});

test('a snapshot named __proto__ is what was named, not the git remote', async () => {
  const context = { variables: {}, isFile: () => true };
  const found = await loadConfig({
    ...{ file: null, cwd: folder, sources: ['__proto__.ndjson'], only: [], context, about: null },
    fallback: () => Promise.resolve('acme/app'),
  });
  expect(found.trackers.map(({ settings }) => settings)).toEqual([{ type: 'file', path: join(folder, '__proto__.ndjson') }]);
});
