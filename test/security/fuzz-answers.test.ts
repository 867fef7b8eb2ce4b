import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/report/document.js';
import { inProcess } from '../e2e/in-process.js';
import { broken, type Damage, damage, damaged } from './damage.js';
import { inTheMiddle, type Passing } from './middle.js';
import { folderFor, KINDS, NOW, openPlace } from './places.js';
import { PATIENCE, text, times } from './runs.js';

const proposedIn = (stdout: string): string[] =>
  stdout === '' ? [] : (JSON.parse(stdout) as Report).bugs.filter(({ verdict }) => verdict === 'close').map(({ ref }) => ref);

/** What a tracker does, cannot do or does not allow; anything else is a defect of ours. */
const EXPLAINED = [0, 3, 4];

/** Where Jira leaves out what is none, so that nobody can tell: the labels of a project whose screens hide that field. */
const LEFT_OUT = /"labels":\["pinned"\]/;

describe.each(KINDS)('answers of %s', (kind) => {
  /** A good report through somebody in the middle, and the answers that it took. */
  async function inBetween() {
    const place = await openPlace(kind);
    const middle = await inTheMiddle(place.url, true);
    const cwd = folderFor(place, middle.url);
    const run = () => inProcess(['--json', '--verbose', '--now', NOW], { cwd, env: place.env(middle.url) });
    const answers: Passing[] = [];
    middle.change((passing) => {
      answers.push(passing);
      return {};
    });
    expect(proposedIn((await run()).stdout)).toEqual(place.proposed);
    middle.change(() => ({}));
    const close = async () => {
      await middle[Symbol.asyncDispose]();
      await place[Symbol.asyncDispose]();
    };
    return { place, middle, run, answers: [...answers], [Symbol.asyncDispose]: close };
  }

  test('that were damaged on the way make a report, or are refused in words', { timeout: PATIENCE }, async () => {
    await using between = await inBetween();
    const { middle, run, answers } = between;
    const damages = fc.array(damage, { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: answers.length }), damages, async (nth, all) => {
        middle.change(({ body }, count) => (count === nth ? { body: damagedText(body, all) } : {}));
        const { code, stdout, stderr } = await run();
        expect(EXPLAINED, stderr).toContain(code);
        if (code === 0) expect(JSON.parse(stdout)).toHaveProperty('kind', 'report');
      }),
      times(15),
    );
  });

  test('in which something is missing, or of another kind, let no further bug be closed', { timeout: PATIENCE }, async () => {
    await using between = await inBetween();
    const { place, middle, run, answers } = between;
    const how = fc.constantFrom('missing', 'another kind');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: answers.length }), fc.nat({ max: 100_000 }), how, async (nth, at, one) => {
        const good = answers[nth - 1]?.body ?? '';
        fc.pre(good !== '');
        const bad = JSON.stringify(broken(JSON.parse(good), at, one));
        fc.pre(!LEFT_OUT.test(good) || LEFT_OUT.test(bad));
        middle.change((_, count) => (count === nth ? { body: bad } : {}));
        const { code, stdout, stderr } = await run();
        expect(EXPLAINED, stderr).toContain(code);
        expect(place.proposed).toEqual(expect.arrayContaining(proposedIn(stdout)));
      }),
      times(20),
    );
  });

  test('with any status and any headers are waited for, or given up in words', { timeout: PATIENCE }, async () => {
    await using between = await inBetween();
    const { middle, run, answers } = between;
    const names = [
      'retry-after',
      'x-ratelimit-remaining',
      'x-ratelimit-reset',
      'date',
      'location',
      'link',
      'x-github-sso',
      'content-type',
    ];
    const more = ['ratelimit-reason', 'x-seraph-loginreason', 'x-authentication-denied-reason', 'x-ausername'];
    const odd = fc.constantFrom(
      '0',
      '-1',
      '1e999',
      '99999999999',
      'NaN',
      'Thu, 01 Jan 1970 00:00:00 GMT',
      '//evil.example',
      '<x>; rel="next"',
      'none',
    );
    const value = fc.oneof(
      odd,
      text.map((one) => encodeURI(one.replace(/\p{Surrogate}/gu, '')).slice(0, 2000)),
    );
    const headers = fc.dictionary(fc.constantFrom(...names, ...more), value, { maxKeys: 4, noNullPrototype: true });
    const status = fc.constantFrom(200, 201, 204, 301, 302, 307, 400, 401, 403, 404, 409, 410, 418, 422, 429, 451, 500, 503, 599);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: answers.length }),
        status,
        headers,
        fc.boolean(),
        async (nth, code, own, lasting) => {
          middle.change((passing, count) =>
            count === nth || (lasting && count > nth) ? { status: code, headers: { ...passing.headers, ...own } } : {},
          );
          const done = await run();
          expect(EXPLAINED, done.stderr).toContain(done.code);
        },
      ),
      times(12),
    );
  });

  test('that are damaged during a prune close nothing that was not proposed', { timeout: PATIENCE }, async () => {
    const damages = fc.array(damage, { minLength: 1, maxLength: 2 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 30 }), damages, async (nth, all) => {
        await using place = await openPlace(kind);
        await using middle = await inTheMiddle(place.url, false);
        const cwd = folderFor(place, middle.url);
        const run = (...words: string[]) => inProcess([...words, '--now', NOW], { cwd, env: place.env(middle.url) });
        expect((await run('-o', 'report.json')).code).toBe(0);
        middle.change(({ body }, count) => (count === nth ? { body: damagedText(body, all) } : {}));
        const { code, stderr } = await run('prune', 'report.json', '--yes');
        expect([...EXPLAINED, 5], stderr).toContain(code);
        expect(place.proposed).toEqual(expect.arrayContaining(place.closed()));
      }),
      times(5),
    );
  });
});

/** A body without JSON in it is left as it is. */
function damagedText(body: string, damages: readonly Damage[]): string {
  return body === '' || /^\s*</.test(body) ? body : damaged(JSON.parse(body), damages);
}
