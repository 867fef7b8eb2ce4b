import { statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatLine, snapshotHeader } from '../../src/trackers/file/format.js';
import { aPlace, KINDS, NOW, type Place, YEAR_LATER } from './snapshot-given.js';

/** The states of all bugs in the file, by number. */
const states = (place: Place) =>
  place
    .bugs()
    .map(({ ref, state }) => `${ref.split(/[#-]/)[1]} ${state}`)
    .toSorted();

/** What people do within a year; the times are after the first snapshot. */
function aYear({ people }: Place): void {
  people.close(1, '2027-01-05T00:00:00Z');
  people.reopen(2, '2027-02-05T00:00:00Z');
  people.comment(3, '2027-03-05T00:00:00Z');
  people.comment(4, '2027-04-05T00:00:00Z');
  people.report('2027-05-05T00:00:00Z');
}

describe.each(Object.keys(KINDS))('%s', (kind) => {
  test('closed bugs are saved too, with how and when they were closed', async () => {
    const place = await aPlace(kind, 12);
    const { code, stdout, stderr } = await place.take();
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toMatch(
      /^backlog\.ndjson: 7 open and 5 closed bugs of \S+ \(12 histories read\)\. Next: bugprune backtest backlog\.ndjson\n$/,
    );
    expect(JSON.parse(place.text()?.split('\n')[0] ?? '')).toMatchObject({ scope: 'all', takenAt: NOW });
    const closings = place.bugs().map(({ state, events, history }) => {
      const last = events.findLast(({ kind: what }) => what === 'closed' || what === 'reopened');
      expect([history, last?.kind === 'closed' ? 'closed' : 'open']).toEqual(['complete', state]);
      return state === 'closed' ? [last?.at.slice(0, 10), last?.value] : null;
    });
    expect(closings[1]).toEqual(['2025-01-23', kind === 'GitHub' ? 'completed' : 'Fixed']);
    expect(place.files()).toEqual(['backlog.ndjson']);
    expect(place.violations()).toEqual([]);
  });

  test('without --all only the open ones are', async () => {
    const place = await aPlace(kind, 12);
    const { code, stderr } = await place.take({ args: [] });
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^backlog\.ndjson: 7 open bugs of \S+ \(7 histories read\)\. Next: bugprune report backlog\.ndjson\n$/,
    );
    expect(place.bugs().every(({ state, history }) => state === 'open' && history === 'complete')).toBe(true);
    expect(place.text()).not.toContain('"scope"');
  });

  test('a year later it is brought up to date for a few requests, and is what a new one would be', async () => {
    const place = await aPlace(kind, 60);
    await place.take();
    aYear(place);
    place.people.vote(5);
    place.requests();
    const { code, stderr } = await place.take({ now: YEAR_LATER });
    expect(code).toBe(0);
    expect(stderr).toContain('backlog.ndjson: 60 bugs of 2026-11-22; what has not changed since is taken over\n');
    expect(stderr).toContain('(5 histories read, 56 taken over)');
    // Who we are, what there is, three lists, and the five bugs: one request for all of them, or one for each.
    expect(place.requests()).toBeLessThanOrEqual({ GitHub: 8, 'Jira Cloud': 14, 'Jira Data Center': 18 }[kind] ?? 0);
    await place.take({ now: YEAR_LATER, to: 'new.ndjson' });
    expect(place.text() === place.text('new.ndjson')).toBe(true);
    expect(place.bugs().find(({ ref }) => /\D5$/.test(ref))?.votes).toBe(1);
    expect(place.violations()).toEqual([]);
  });

  test('what is gone is not kept as open', async () => {
    const place = await aPlace(kind, 6);
    await place.take();
    place.people.remove(1);
    await place.take({ now: YEAR_LATER });
    expect(states(place)).toEqual(['2 closed', '3 open', '4 closed', '5 open', '6 closed']);
  });

  test('bugs that are closed and reopened meanwhile are there once, whenever that happens', async () => {
    const place = await aPlace(kind, 6);
    await place.take();
    const all = place.requests();
    for (let request = 2; request <= all; request++) {
      const { people, take, file } = place;
      people.close(1, '2026-11-22T08:00:00Z');
      people.reopen(3, '2026-11-22T08:00:00Z');
      writeFileSync(file, '');
      const meanwhile = (count: number) => {
        if (count !== request) return;
        people.reopen(1, '2026-11-22T09:00:00Z');
        people.close(3, '2026-11-22T09:00:00Z');
      };
      expect(await take({ meanwhile })).toMatchObject({ code: 0 });
      expect(place.bugs().map(({ ref }) => ref.split(/[#-]/)[1])).toEqual(['1', '2', '3', '4', '5', '6']);
    }
  });

  test('whatever interrupts it, the same command goes on and comes to the same end', async () => {
    const place = await aPlace(kind, 230);
    await place.take({ to: 'whole.ndjson' });
    const all = place.requests();
    const whole = place.text('whole.ndjson');
    const interruption = fc.record({
      at: fc.integer({ min: 1, max: all }),
      by: fc.constantFrom('dies' as const, 'stops' as const),
      torn: fc.option(fc.nat({ max: 5_000 })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(interruption, { minLength: 1, maxLength: 3 }), async (interruptions) => {
        for (const { at, by, torn } of interruptions) {
          const { code } = await place.take({ [by]: at });
          expect([0, by === 'dies' ? 4 : 130]).toContain(code);
          const half = place.text('backlog.ndjson.part');
          if (half !== null && torn !== null) truncateSync(`${place.file}.part`, Math.max(0, Buffer.byteLength(half) - torn));
        }
        expect(await place.take()).toMatchObject({ code: 0 });
        expect(place.text() === whole).toBe(true);
        expect(place.files()).toEqual(['backlog.ndjson', 'whole.ndjson']);
        writeFileSync(place.file, '');
      }),
      { seed: 5, numRuns: 5 },
    );
  }, 120_000);

  test('no batch of histories is read twice', async () => {
    const place = await aPlace(kind, 230);
    await place.take({ to: 'whole.ndjson' });
    // The lists, a batch, and a little more.
    const dies = kind === 'Jira Data Center' ? 120 : 14;
    expect((await place.take({ dies })).code).toBe(4);
    expect((await place.take({ dies })).stderr).toContain('backlog.ndjson.part: goes on; 100 bugs are read already\n');
    const { code, stderr } = await place.take();
    expect(code).toBe(0);
    expect(stderr).toContain('backlog.ndjson.part: goes on; 200 bugs are read already\n');
    expect(stderr).toContain('(30 histories read, 200 taken over)');
    expect(place.text() === place.text('whole.ndjson')).toBe(true);
  }, 60_000);
});

describe('what is said', () => {
  test('when the tracker fails half way', async () => {
    const place = await aPlace('GitHub', 130);
    writeFileSync(place.file, '');
    const { code, stderr } = await place.take({ dies: 12 });
    expect(code).toBe(4);
    expect(stderr).toContain('\nWhat was read is kept in backlog.ndjson.part: the same command goes on from there.\n');
    expect(place.text()).toBe('');
    const again = await place.take();
    expect(again.stderr).toMatch(/^backlog\.ndjson\.part: goes on; 100 bugs are read already\n/);
    expect(again.stderr).toContain('(30 histories read, 100 taken over)');
  });

  test('after Ctrl-C', async () => {
    const place = await aPlace('GitHub', 130);
    expect(await place.take({ stops: 12 })).toEqual({
      code: 130,
      stdout: '',
      stderr: 'What was read is kept in backlog.ndjson.part: the same command goes on from there.\nInterrupted.\n',
    });
    expect(place.files()).toEqual(['backlog.ndjson.part']);
  });

  test('nothing is left of what had not begun', async () => {
    const place = await aPlace('GitHub', 3);
    expect(await place.take({ stops: 4 })).toEqual({ code: 130, stdout: '', stderr: 'Interrupted.\n' });
    expect(await place.take({ dies: 1 })).toMatchObject({ code: 4, stderr: expect.not.stringContaining('.part') });
    expect(place.files()).toEqual([]);
  });

  test('as JSON', async () => {
    const place = await aPlace('GitHub', 12);
    const taken = async (args: string[]) => JSON.parse((await place.take({ args: [...args, '--json'] })).stdout) as object;
    const counts = { bugs: 12, open: 7, closed: 5 };
    const what = { kind: 'snapshot', file: 'backlog.ndjson', source: 'github:acme/app', scope: 'all', takenAt: NOW };
    expect(await taken(['--all'])).toMatchObject({ ...what, ...counts, histories: 12, unchanged: 0, notes: [] });
    expect(await taken(['--all'])).toMatchObject({ ...what, ...counts, histories: 0, unchanged: 12 });
  });
});

describe('what stands there already', () => {
  const ofLib = snapshotHeader({ source: 'github:acme/lib', takenAt: NOW, account: 'octocat' });
  const damaged = (place: Place) => place.text()?.replace('"events"', '"event') ?? '';

  test.each<[string, (place: Place) => Promise<void> | void, readonly string[], string]>([
    [
      'something else',
      ({ file }) => writeFileSync(file, 'Notes\n'),
      ['--all'],
      'backlog.ndjson:1: expected the header of a snapshot ({"format":"bugprune-snapshot",…}). It is not overwritten.\nChoose another file',
    ],
    [
      'another source',
      ({ file }) => writeFileSync(file, `${formatLine(ofLib)}\n`),
      [],
      'backlog.ndjson is a snapshot of github:acme/lib, not of github:acme/app. It is not overwritten.\nChoose another file',
    ],
    [
      'closed bugs that would be lost',
      async ({ take }) => void (await take()),
      [],
      'backlog.ndjson holds closed bugs too, which a snapshot of the open ones would lose.\nTo bring it up to date: the same command with --all.',
    ],
    [
      'half of a snapshot with closed bugs',
      async ({ take }) => void (await take({ stops: 12 })),
      [],
      'backlog.ndjson.part holds closed bugs too',
    ],
    [
      'a damaged line',
      async (place) => {
        await place.take();
        writeFileSync(place.file, damaged(place));
      },
      ['--all'],
      'backlog.ndjson:2: damaged: this is not JSON. It is not overwritten.\nNothing can be taken over from it. To read everything again, delete backlog.ndjson.',
    ],
    [
      'half of something else',
      ({ file }) => writeFileSync(`${file}.part`, 'Notes\n'),
      ['--all'],
      'It is not overwritten.\nTo begin anew, delete backlog.ndjson.part.',
    ],
  ])('%s is not overwritten', async (_what, prepare, args, message) => {
    const place = await aPlace('GitHub', 130);
    await prepare(place);
    const before = [place.text(), place.text('backlog.ndjson.part')];
    const { code, stdout, stderr } = await place.take({ args });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect([place.text(), place.text('backlog.ndjson.part')]).toEqual(before);
  });

  test('the same names on another site are another source', async () => {
    const place = await aPlace('GitHub', 3);
    await place.take();
    const other = place.text()?.replaceAll('https://github.com/', 'https://github.acme.test/') ?? '';
    writeFileSync(place.file, other);
    const { code, stderr } = await place.take();
    expect(code).toBe(2);
    expect(stderr).toContain('is of https://github.acme.test, and acme/app#2 is on https://github.com.\nIt is not overwritten.');
    expect([place.text(), place.files()]).toEqual([other, ['backlog.ndjson']]);
  });

  test('open bugs get their closed ones', async () => {
    const place = await aPlace('GitHub', 12);
    await place.take({ args: [] });
    const { stderr } = await place.take();
    expect(stderr).toContain('7 open and 5 closed bugs of github:acme/app (5 histories read, 7 taken over)');
    await place.take({ to: 'new.ndjson' });
    expect(place.text()).toBe(place.text('new.ndjson'));
  });

  test('with other settings everything is read again, and of half a snapshot nothing is taken', async () => {
    const place = await aPlace('GitHub', 130);
    await place.take();
    const settings = { priority: { Blocker: ['p0'] } };
    const { stderr } = await place.take({ settings, now: YEAR_LATER });
    expect(stderr).toContain(
      'everything is read again, because the settings of the tracker have changed since it was taken on 2026-11-22',
    );
    expect(stderr).toContain('(130 histories read)');
    await place.take({ to: 'half.ndjson', stops: 12 });
    expect(await place.take({ to: 'half.ndjson', settings })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('half.ndjson.part holds what was read before somebody stopped it, and the settings'),
    });
    const slower = await place.take({ to: 'half.ndjson', settings: { pace: '3s' } });
    expect(slower).toMatchObject({ code: 0, stderr: expect.stringContaining('100 taken over') });
  });

  test('what changed in the last moments before it was taken is read again', async () => {
    const place = await aPlace('GitHub', 4);
    place.people.comment(1, '2026-11-22T08:59:30Z');
    place.people.comment(2, '2026-11-22T08:58:59Z');
    await place.take();
    expect((await place.take()).stderr).toContain('(1 histories read, 3 taken over)');
  });

  test('its permissions are those of the part as well', async () => {
    const place = await aPlace('GitHub', 130);
    writeFileSync(place.file, '', { mode: 0o600 });
    await place.take({ stops: 12 });
    const modes = [place.file, join(place.folder, 'backlog.ndjson.part')].map((path) => statSync(path).mode & 0o777);
    expect(modes).toEqual([0o600, 0o600]);
  });
});
