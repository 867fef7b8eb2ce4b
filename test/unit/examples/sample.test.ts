import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { type Bug, bugSchema } from '../../../src/model/bug.js';
import { type Duration, hasPassed } from '../../../src/model/duration.js';
import { lastHumanActivity, reopenedByPeople, untargetedSince } from '../../../src/model/history.js';
import { classifyTargets, type TargetClass } from '../../../src/model/target.js';
import { formatLine, parseBug, parseHeader } from '../../../src/trackers/file/format.js';

const samples = fileURLToPath(new URL('../../../examples', import.meta.url));
const generator = fileURLToPath(new URL('../../../scripts/make-sample.js', import.meta.url));

const NOW = '2026-11-22T09:00:00Z';
const weeks = (count: number): Duration => ({ count, unit: 'w' });

async function load(name: string) {
  const text = await readFile(join(samples, name), 'utf8');
  const [headerLine = '', ...lines] = text.trimEnd().split('\n');
  return { name, text, headerLine, lines, bugs: lines.map((line) => bugSchema.parse(JSON.parse(line))) };
}

const backlog = await load('backlog.ndjson');
const history = await load('history.ndjson');
const { bugs } = backlog;
const open = bugs.filter(({ state }) => state === 'open');
const isParked = (name: string) => name === 'Backlog' || name === 'Future';
const classOf = ({ targets }: Bug): TargetClass => classifyTargets(targets, isParked);
const isOld = ({ createdAt }: Bug) => hasPassed(weeks(52), createdAt, NOW);
const has = (bug: Bug, label: string) => bug.labels.includes(label);

test('the script writes exactly these files', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bugprune-sample-'));
  try {
    await promisify(execFile)(execPath, [generator, folder]);
    for (const { name, text } of [backlog, history]) expect((await readFile(join(folder, name), 'utf8')) === text).toBe(true);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test.each([
  ['open bugs, mostly', backlog, 400_000, undefined],
  ['all bugs', history, 600_000, 'all'],
])(
  'a snapshot of %s, not too large, in the very form in which bugprune writes one',
  (_, { text, headerLine, lines }, size, scope) => {
    const header = parseHeader(headerLine);
    expect(header).toMatchObject({ value: { source: 'github:acme/app', takenAt: NOW, account: 'acme-bugprune' } });
    expect('value' in header && header.value.scope).toBe(scope);
    expect('value' in header && formatLine(header.value)).toBe(headerLine);
    expect(Buffer.byteLength(text)).toBeLessThan(size);
    for (const line of lines) {
      const parsed = parseBug(line);
      expect('value' in parsed && formatLine(parsed.value)).toBe(line);
    }
  },
);

describe.each([backlog, history])('every bug agrees with its history: $name', ({ bugs }) => {
  test.each(bugs.map((bug) => [bug.ref, bug] as const))('%s', (ref, bug) => {
    const number = /^acme\/app#(\d+)$/.exec(ref)?.[1];
    expect(bug.url).toBe(`https://github.com/acme/app/issues/${number}`);

    const times = [bug.createdAt, ...bug.events.map(({ at }) => at)];
    expect(times).toEqual(times.toSorted());
    expect(bug.updatedAt).toBe(times.at(-1));
    expect(bug.updatedAt <= NOW).toBe(true);

    expect(replayed(bug)).toEqual({
      state: bug.state,
      targets: Array.isArray(bug.targets) ? bug.targets.map(({ name }) => name) : null,
      assignees: bug.assignees.map(({ name }) => name),
      comments: bug.comments,
    });
    for (const [label, there] of lastWordOnLabels(bug)) expect([label, has(bug, label)]).toEqual([label, there]);
    expect(bug.status).toBe(bug.state);
    expect(bug.inProgress).toBe(bug.state === 'open' && has(bug, 'in progress'));
    expect(bug.priority?.toLowerCase() ?? null).toBe(bug.labels.find((label) => label.startsWith('priority/'))?.slice(9) ?? null);
  });

  test('nothing has two names, and no two things have one', () => {
    for (const values of [
      bugs.map(({ ref }) => ref),
      bugs.map(({ id }) => id),
      bugs.map(({ title }) => title),
      commentIds(bugs),
    ]) {
      expect(new Set(values).size).toBe(values.length);
    }
  });
});

test.each([backlog, history])('nobody in $name exists', ({ bugs }) => {
  const names = bugs.flatMap(({ author, assignees, events }) => [author, ...assignees, ...events.map(({ actor }) => actor)]);
  for (const actor of names) {
    expect(actor?.name ?? 'user-0000').toMatch(/^(user-\d{4}|dev-\d{2}|triage-bot|dependency-bot|acme-bugprune)$/);
    expect(actor?.self ?? false).toBe(actor?.name === 'acme-bugprune');
  }
});

test('the defaults would close between 35 and 55 percent of the open bugs', () => {
  expect(open.length).toBeGreaterThan(280);
  expect(open.length).toBeLessThan(330);
  const share = open.filter(wouldClose).length / open.length;
  expect(share).toBeGreaterThan(0.35);
  expect(share).toBeLessThan(0.55);
});

test('every kind of bug is there', () => {
  const count = (is: (bug: Bug) => boolean) => open.filter(is).length;
  const byOurselves = (bug: Bug) => bug.events.some(({ mark }) => mark?.action === 'close');
  const counts = {
    closed: bugs.length - open.length,
    'closed by bugprune': bugs.filter((bug) => bug.state === 'closed' && byOurselves(bug)).length,
    targeted: count((bug) => classOf(bug) === 'targeted'),
    slipped: count((bug) => classOf(bug) === 'slipped'),
    parked: count((bug) => classOf(bug) === 'parked'),
    'target taken away': count((bug) => classOf(bug) === 'untargeted' && bug.events.some(({ kind }) => kind === 'untargeted')),
    pinned: count((bug) => has(bug, 'pinned')),
    security: count((bug) => has(bug, 'security')),
    'needs info': count((bug) => has(bug, 'needs info')),
    severe: count((bug) => bug.priority === 'Blocker' || bug.priority === 'Critical'),
    'in progress': count((bug) => bug.inProgress),
    'linked work': count((bug) => Boolean(bug.linkedWork?.length)),
    'reopened by a person after bugprune': count((bug) => reopenedByPeople(bug).length > 0),
    'reopened by a person twice': count((bug) => reopenedByPeople(bug).length > 1),
    'taken back': count((bug) => bug.events.some(({ mark }) => mark?.action === 'undo')),
    warned: count((bug) => bug.events.some(({ mark }) => mark?.action === 'warn')),
    reopened: count((bug) => bug.events.some(({ kind }) => kind === 'reopened') && !byOurselves(bug)),
    'author deleted': count((bug) => bug.author === null),
    'history partial': count((bug) => bug.history === 'partial'),
    'old, and only a bot cares': count(
      (bug) => isOld(bug) && bug.events.at(-1)?.actor?.kind === 'bot' && !hasPassed(weeks(2), bug.updatedAt, NOW),
    ),
    'younger than a day': count((bug) => !hasPassed({ count: 1, unit: 'd' }, bug.createdAt, NOW)),
    'older than five years': count((bug) => hasPassed({ count: 5, unit: 'y' }, bug.createdAt, NOW)),
    'older than two years': count((bug) => hasPassed({ count: 2, unit: 'y' }, bug.createdAt, NOW)),
    'no votes': count((bug) => bug.votes === 0),
    'many votes': count((bug) => (bug.votes ?? 0) > 50),
    'wide characters': count((bug) =>
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Hangul}\p{Extended_Pictographic}]/u.test(bug.title),
    ),
    'long titles': count((bug) => bug.title.length > 150),
  };
  expect(counts).toMatchInlineSnapshot(`
    {
      "author deleted": 22,
      "closed": 42,
      "closed by bugprune": 18,
      "history partial": 5,
      "in progress": 8,
      "linked work": 8,
      "long titles": 3,
      "many votes": 23,
      "needs info": 19,
      "no votes": 154,
      "old, and only a bot cares": 27,
      "older than five years": 6,
      "older than two years": 72,
      "parked": 13,
      "pinned": 6,
      "reopened": 7,
      "reopened by a person after bugprune": 6,
      "reopened by a person twice": 1,
      "security": 6,
      "severe": 13,
      "slipped": 19,
      "taken back": 2,
      "target taken away": 13,
      "targeted": 24,
      "warned": 2,
      "wide characters": 8,
      "younger than a day": 15,
    }
  `);
});

test('every kind of past is there', () => {
  const { bugs: past } = history;
  const count = (is: (bug: Bug) => boolean) => past.filter(is).length;
  const last = (bug: Bug, kind: string) => bug.events.findLast((event) => event.kind === kind);
  const closedAs = (way: string) => count((bug) => bug.state === 'closed' && last(bug, 'closed')?.value === way);
  const talk = (bug: Bug) => bug.events.filter(({ kind }) => kind === 'commented').length;
  const counts = {
    open: count(({ state }) => state === 'open'),
    completed: closedAs('completed'),
    'not planned': closedAs('not planned'),
    duplicate: closedAs('duplicate'),
    'planned first': count((bug) => bug.events.some(({ kind }) => kind === 'targeted')),
    'open and planned': count((bug) => bug.state === 'open' && classOf(bug) === 'targeted'),
    'closed by bugprune': count((bug) => bug.events.some(({ mark }) => mark?.action === 'close')),
    'reopened by a person after that': count((bug) => reopenedByPeople(bug).length > 0),
    'much talk': count((bug) => talk(bug) >= 8),
    'history partial': count((bug) => bug.history === 'partial'),
    'older than two years': count(({ createdAt }) => hasPassed({ count: 2, unit: 'y' }, createdAt, NOW)),
    'older than three years': count(({ createdAt }) => hasPassed({ count: 3, unit: 'y' }, createdAt, NOW)),
  };
  expect(counts).toMatchInlineSnapshot(`
    {
      "closed by bugprune": 12,
      "completed": 176,
      "duplicate": 30,
      "history partial": 3,
      "much talk": 57,
      "not planned": 56,
      "older than three years": 0,
      "older than two years": 133,
      "open": 171,
      "open and planned": 1,
      "planned first": 79,
      "reopened by a person after that": 4,
    }
  `);
});

/** The default policy in a few lines; what the rules make of it is tested with the rules. */
function wouldClose(bug: Bug): boolean {
  const last = lastHumanActivity(bug);
  const isDue = hasPassed(weeks(6), untargetedSince(bug), NOW) && (last === null || hasPassed(weeks(2), last, NOW));
  const isGuarded =
    has(bug, 'pinned') ||
    has(bug, 'security') ||
    ['Blocker', 'Critical', 'Highest'].includes(bug.priority ?? '') ||
    bug.inProgress ||
    bug.linkedWork === null ||
    bug.linkedWork.length > 0 ||
    reopenedByPeople(bug).length > 0;
  return classOf(bug) === 'untargeted' && bug.history === 'complete' && isDue && !isGuarded;
}

function replayed({ events }: Bug): object {
  const targets = new Set<string>();
  const assignees = new Set<string>();
  let state = 'open';
  for (const { kind, value } of events) {
    if (kind === 'targeted') targets.add(value ?? '');
    if (kind === 'untargeted') expect(targets.delete(value ?? '')).toBe(true);
    if (kind === 'assigned') assignees.add(value ?? '');
    if (kind === 'unassigned') expect(assignees.delete(value ?? '')).toBe(true);
    if (kind === 'closed') {
      expect(state).toBe('open');
      state = 'closed';
    }
    if (kind === 'reopened') {
      expect(state).toBe('closed');
      state = 'open';
    }
  }
  const comments = events.filter(({ kind }) => kind === 'commented').length;
  return { state, targets: [...targets], assignees: [...assignees], comments };
}

function lastWordOnLabels({ events }: Bug): Map<string, boolean> {
  const words = new Map<string, boolean>();
  for (const { kind, value } of events) {
    if (kind === 'labeled' || kind === 'unlabeled') words.set(value ?? '', kind === 'labeled');
  }
  return words;
}

function commentIds(bugs: readonly Bug[]): (string | undefined)[] {
  return bugs.flatMap(({ events }) => events.filter(({ kind }) => kind === 'commented').map(({ id }) => id));
}
