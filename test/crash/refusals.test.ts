import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { github } from './given/github.js';
import { openPlace, type Place, PRUNE } from './given/place.js';
import { expectRefusal } from './given/refusal.js';
import { expectAllsWell, expectSuccess, linesOf, uninterrupted } from './given/story.js';

const KIND = github('ntbf');
const story = await uninterrupted(KIND);

/** Begins a run that is cut short after its first closing, and gives its id. */
async function beginRun(place: Place): Promise<string> {
  place.line.listen((nth) => {
    if (nth < 4) return undefined;
    place.line.cut();
    return { drop: 'before' };
  });
  expect((await place.run(...PRUNE)).code).toBe(5);
  place.line.listen();
  return place.runs()[0] ?? '';
}

describe('a folder for journals that is a file', () => {
  test('beside the configuration', async () => {
    await using place = await openPlace(KIND);
    const path = join(place.folder, '.bugprune');
    writeFileSync(path, 'Mine.\n');
    const message = /\.bugprune.*(is a file|there is a file)/;
    for (const words of [PRUNE, ['prune', '--resume', 'x', '--yes'], ['undo', 'x', '--yes']]) {
      await expectRefusal(place, 2, message, ...words);
    }
    rmSync(path);
    expectSuccess(await place.run(...PRUNE));
  });

  test('named by --state-dir', async () => {
    await using place = await openPlace(KIND);
    const path = join(place.folder, 'mine.txt');
    writeFileSync(path, 'Mine.\n');
    await expectRefusal(place, 2, /mine\.txt.*(is a file|there is a file)/, ...PRUNE, '--state-dir', path);
  });
});

describe('a journal that somebody has edited', () => {
  /** One character of a receipt: another comment, another time. */
  const EDITS: [string, (text: string) => string][] = [
    [
      'the id of a comment',
      (text) => text.replace(/("comment":"\d*)(\d)"/, (_, start, digit) => `${start}${(Number(digit) + 1) % 10}"`),
    ],
    ['the time of a closing', (text) => text.replace(/("closedAt":"2026-11-2)\d/, '$13')],
    ['a space', (text) => text.replace('"receipt":{', '"receipt": {')],
    ['a line less', (text) => text.replace(/.*"line":"done".*\n/, '')],
    ['a line twice', (text) => text.replace(/(.*"line":"result".*\n)/, '$1$1')],
  ];

  test.each(EDITS)('%s: nobody goes by it', async (_, edit) => {
    await using place = await openPlace(KIND);
    const run = await beginRun(place);
    const text = place.journal(run);
    const edited = edit(text);
    expect(edited).not.toBe(text);
    writeFileSync(place.journalPath(run), edited);
    const line = linesOf(edited).findIndex((one, index) => one !== linesOf(text)[index]) + 1;
    const message = new RegExp(`${run}\\.jsonl:${line}: this journal cannot be trusted[\\s\\S]*--from-tracker`);
    for (const words of [PRUNE, ['prune', '--resume', run, '--yes'], ['undo', run, '--yes'], ['undo', '--yes']]) {
      await expectRefusal(place, 2, message, ...words);
    }
    writeFileSync(place.journalPath(run), text);
    await expectAllsWell(place, story, run);
  });
});

describe('a report that somebody has edited', () => {
  const parsed = (change: (report: { bugs: Record<string, unknown>[]; [key: string]: unknown }) => void) => (text: string) => {
    const report = JSON.parse(text);
    change(report);
    return JSON.stringify(report);
  };
  const first = (change: Record<string, unknown>) =>
    parsed(({ bugs }) => void Object.assign(bugs.find(({ verdict }) => verdict === 'close') ?? {}, change));

  test.each<[string, (text: string) => string]>([
    ['into half of it', (text) => text.slice(0, text.length / 2)],
    ['into nothing', () => ''],
    ['into no report', () => '[]'],
    ['into a report of another kind', parsed((report) => void Object.assign(report, { kind: 'undo' }))],
    ['into one of the future', parsed((report) => void Object.assign(report, { version: 2 }))],
    ['a verdict that is none', first({ verdict: 'delete' })],
    ['a bug without a ref', first({ ref: 12 })],
    ['a bug without reasons', first({ reasons: null })],
    ['a comment that is none', first({ comment: null })],
    ['an empty comment', first({ comment: '' })],
    ['a bug twice', parsed(({ bugs }) => void bugs.push(...bugs.slice(0, 1)))],
    [
      'a kept bug that is to be closed',
      parsed(({ bugs }) => void Object.assign(bugs.find(({ verdict }) => verdict === 'keep') ?? {}, { verdict: 'close' })),
    ],
    ['one that was carried out', parsed((report) => void Object.assign(report, { mode: 'prune' }))],
  ])('%s', async (_, edit) => {
    await using place = await openPlace(KIND);
    const path = join(place.folder, 'report.json');
    const made = await place.run('report', '--json');
    writeFileSync(path, made.stdout);
    writeFileSync(path, edit(made.stdout));
    await expectRefusal(place, 2, /report/, 'prune', path, '--yes', '--limit', '5');
    expect(place.state()).toEqual({});
  });
});

describe('a clock that was set back', () => {
  test('before the start of an earlier run', async () => {
    await using place = await openPlace(KIND);
    expectSuccess(await place.run(...PRUNE));
    const [run = ''] = place.runs();
    expectSuccess(await place.run('undo', run, '--yes'));
    const message = /run \S+ was at work on .*Nothing was changed/;
    for (const now of ['2026-11-22T08:59:59Z', '2025-06-01T00:00:00Z'])
      await expectRefusal(place, 6, message, ...PRUNE, '--now', now);
  });
});
