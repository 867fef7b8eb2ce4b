import { expect, test } from 'vitest';
import { explanation } from '../../../src/report/explanation.js';
import { aBug } from '../../../src/testing.js';
import { aKept, anEntry, anUndecided, aReason, daysAgo, looks } from './given.js';

const person = { id: 'u1', name: 'octocat', kind: 'human' } as const;
const bot = { id: 'u2', name: 'ci', kind: 'bot' } as const;
const self = { id: 'u3', name: 'bugprune', kind: 'bot', self: true } as const;
const bug = aBug({
  events: [
    { at: daysAgo(300), kind: 'commented', actor: person, value: 'Happens to me, too' },
    { at: daysAgo(200), kind: 'labeled', actor: bot, value: 'bug' },
    { at: daysAgo(100), kind: 'commented', actor: self, mark: { run: 'r', action: 'warn', policy: 'untargeted' } },
  ],
});

test('a bug that would be closed', async () => {
  const text = explanation(anEntry(), bug, looks({ width: 100, next: 'bugprune prune acme/app' }));
  await expect(text).toMatchFileSnapshot('../../golden/report/explain-close.txt');
});

test('a bug that is kept, and needs attention', async () => {
  const entry = aKept('priority Critical protects it', { attention: true, assignees: ['octocat'] });
  await expect(explanation(entry, bug, looks())).toMatchFileSnapshot('../../golden/report/explain-keep.txt');
});

test('a bug that could not be decided', () => {
  const text = explanation(anUndecided('its history could not be read completely'), aBug(), looks());
  expect(text).toContain('acme/app#1 is kept, because it could not be decided');
  expect(text).toContain('history  unknown   its history could not be read completely');
  expect(text).toContain('nothing since it was reported');
  expect(text).not.toContain('would be posted');
});

test('nothing in it is live in a terminal or a CI log', () => {
  const hostile = '::error::x \u001b[2J ##[group]\u202e\n::warning::y';
  const entry = anEntry({
    ref: hostile,
    title: hostile,
    url: hostile,
    comment: hostile,
    reasons: [aReason(hostile, 'match', hostile)],
  });
  const text = explanation(
    entry,
    { ...bug, events: [{ at: daysAgo(1), kind: 'renamed', actor: { ...person, name: hostile }, value: hostile }] },
    looks(),
  );
  expect(text).not.toMatch(/^\s*::|##\[/m);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
});

test('events line up, whoever acted', () => {
  const lines = explanation(anEntry(), bug, looks())
    .split('\n')
    .filter((line) => /^ {2}\d{4}-/.test(line));
  expect(lines.map((line) => line.slice(24, 38))).toEqual(['a person      ', 'does not count', 'bugprune      ']);
});
