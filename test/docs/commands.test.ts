import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type GithubFake, githubStore, startGithub } from '../fakes/github/index.js';
import { exchangesOf, refreshed, steady } from './console.js';
import { type Answer, aDesk, type Desk, ON_THE_SAMPLE, type Typed, type as typeInto } from './desk.js';
import { type Block, blocksOf, exitCode, isShell, pages, ROOT, skipReason, textOf } from './page.js';

const NOW = '2026-11-22T09:00:00Z';

/** With this set, the pages are made to show what their commands print now. */
const update = process.env.UPDATE_DOCS !== undefined;

/** So many blocks may be left to the eye; each says why. */
const MOST_SKIPPED = 20;

const hasJq = spawnSync('jq', ['--version']).status === 0;
const all = pages().map((path) => ({ path, blocks: blocksOf(textOf(path)) }));
const shellBlocks = all.flatMap(({ path, blocks }) => blocks.filter(isShell).map((block) => ({ path, block })));

let github: GithubFake;
beforeAll(async () => {
  const store = githubStore({ now: () => NOW });
  store.addRepository('acme/app');
  store.addMilestone('acme/app', { title: 'v2' });
  for (let young = 0; young < 11; young++) store.addIssue('acme/app', { labels: ['bug'], createdAt: '2026-11-20T10:00:00Z' });
  store.addIssue('acme/app', { title: 'Crashes on Mondays', labels: ['bug'], createdAt: '2026-01-05T10:00:00Z' });
  github = await startGithub({ store, now: () => NOW });
});
afterAll(() => github.close());

const ON_GITHUB = 'trackers:\n  app: { type: github, repos: [acme/app] }\n';

/** Pages that take a configuration for given. */
const DESKS: Readonly<Record<string, () => Desk>> = {
  'README.md': () => aDesk({ config: ON_GITHUB, env: { GITHUB_API_URL: github.url, GITHUB_TOKEN: 'test-token' } }),
  'docs/recipes.md': () => aDesk({ config: ON_THE_SAMPLE }),
};

/** What a block has typed, and what it shows of the answers. A configuration that is named in its first line is saved under that name. */
interface Step extends Typed {
  readonly block: Block;
  readonly shown?: readonly string[];
}

function stepsOf(block: Block): Step[] {
  const [, file] = /^# (\S+)\n/.exec(block.text) ?? [];
  if (block.language === 'yaml' && file !== undefined)
    return [{ block, script: `cat > '${file}' << 'END-OF-FILE'\n${block.text}END-OF-FILE`, exit: 0, yes: false }];
  if (!isShell(block) || skipReason(block) !== null) return [];
  const [exit, yes] = [exitCode(block), block.remark === 'yes'];
  if (block.language !== 'console') return [{ block, script: block.text, exit, yes }];
  const exchanges = exchangesOf(block.text);
  return exchanges.map(({ command, shown }, index) => ({
    block,
    script: command,
    exit: index === exchanges.length - 1 ? exit : 0,
    yes,
    shown,
  }));
}

/** Types a page from its beginning to its end, and compares. Returns the texts of its console blocks as they should be. */
async function follow(path: string, blocks: readonly Block[]): Promise<Map<Block, string>> {
  const desk = DESKS[path]?.() ?? aDesk();
  const steps = blocks.flatMap(stepsOf);
  const answers = await typeInto(desk, steps);
  const texts = new Map<Block, string>();
  for (const [index, { block, script, exit, shown }] of steps.entries()) {
    const answer: Answer = answers[index] ?? { output: 'was not reached', code: -1 };
    const place = `${path}:${block.line}: ${script}`;
    expect(answer, `${place}\n${answer.output}`).toMatchObject({ code: exit });
    if (shown === undefined) continue;
    const now = refreshed(shown, steady(answer.output.replaceAll(desk.cwd, '~/bugs')));
    const typed = script.split('\n').map((line, nth) => `${nth === 0 ? '$' : '>'} ${line}`);
    texts.set(block, `${texts.get(block) ?? ''}${[...typed, ...now].join('\n')}\n`);
    if (!update) expect(shown, place).toEqual(now);
  }
  return texts;
}

/** From the end to the beginning, so that nothing moves before it is replaced. */
function rewrite(path: string, texts: ReadonlyMap<Block, string>): void {
  const last = [...texts].toReversed();
  const page = last.reduce(
    (now, [{ offset, text }, shown]) => now.slice(0, offset) + shown + now.slice(offset + text.length),
    textOf(path),
  );
  if (page !== textOf(path)) writeFileSync(join(ROOT, path), page);
}

describe.skipIf(!hasJq)('the commands of each page, as it says (some need jq)', () => {
  const runnable = all.filter(({ blocks }) => blocks.some((block) => isShell(block) && skipReason(block) === null));

  test.concurrent.each(runnable)(
    '$path',
    async ({ path, blocks }) => {
      const texts = await follow(path, blocks);
      if (update) rewrite(path, texts);
    },
    180_000,
  );
});

test('what is not run says why, and is little', () => {
  const skipped = shellBlocks.filter(({ block }) => skipReason(block) !== null);
  for (const { path, block } of skipped) expect(skipReason(block), `${path}:${block.line}`).toMatch(/\w{3}/);
  expect(skipped.length).toBeLessThanOrEqual(MOST_SKIPPED);
  expect(shellBlocks.length).toBeGreaterThan(3 * skipped.length);
});

test('no remark is misunderstood, and no command leaves out all that it prints', () => {
  for (const { path, block } of shellBlocks) {
    expect(block.remark, `${path}:${block.line}`).toMatch(/^(|yes|exit=\d+|skip: .+)$/);
    for (const { shown } of exchangesOf(block.text)) expect(shown.join(), `${path}:${block.line}`).not.toBe('…');
  }
});

test('no commands hide in a block without a language', () => {
  for (const { path, blocks } of all) {
    for (const { language, text, line } of blocks.filter((block) => block.language === ''))
      expect(text, `${path}:${line} (${language})`).not.toMatch(/^(\$ |npm |npx |node |bugprune (?!dry run)|export )/m);
  }
});

test.each(shellBlocks.map(({ path, block }) => ({ where: `${path}:${block.line}`, block })))(
  'the syntax at $where',
  ({ block }) => {
    const script = block.language === 'console' ? exchangesOf(block.text).map(({ command }) => command) : [block.text];
    expect(spawnSync('bash', ['-n'], { input: script.join('\n'), encoding: 'utf8' }).stderr).toBe('');
  },
);
