import { describe, expect, test } from 'vitest';
import { isOurs } from '../../../../src/model/history.js';
import { toAdf } from '../../../../src/trackers/jira/closing/adf.js';
import {
  commentEvents,
  commentsWith,
  findStored,
  fingerprint,
  readMarks,
  type StoredMark,
  withMark,
} from '../../../../src/trackers/jira/closing/marks.js';

const AT = '2026-10-01T00:00:00Z';
const mark = (change: Partial<StoredMark> = {}): StoredMark => ({ run: 'r1', action: 'close', policy: 'p', at: AT, ...change });
const comment = (id: string, text: string, accountId = 'me') => ({
  id,
  author: { accountId, displayName: accountId },
  body: toAdf(text),
  created: `2026-10-0${id}T00:00:00.000+0000`,
});
const WORDS = fingerprint(toAdf('We close it.'));

describe('the property', () => {
  test('gives its marks, whatever else is in it', () => {
    expect(readMarks([mark(), 'x', null, { run: 'r2' }, mark({ at: 'never' }), { ...mark({ run: 'r3' }), extra: 1 }])).toEqual([
      mark(),
      mark({ run: 'r3' }),
    ]);
    for (const value of [undefined, null, {}, 'x', 7]) expect(readMarks(value)).toEqual([]);
  });

  test('holds one mark for each action of a run, and never too many', () => {
    const twice = withMark(withMark([mark({ run: 'r0' })], mark()), mark({ policy: 'other' }));
    expect(twice.map(({ run, policy }) => `${run} ${policy}`)).toEqual(['r0 p', 'r1 other']);
    const many = Array.from({ length: 80 }).reduce<StoredMark[]>(
      (marks, _, index) => withMark(marks, mark({ run: `r${index}` })),
      [],
    );
    expect(many).toHaveLength(50);
    expect(many.at(-1)?.run).toBe('r79');
    expect(JSON.stringify(many).length).toBeLessThan(32_768);
  });

  test('tells actions of a run apart', () => {
    expect(findStored([mark({ action: 'warn' })], { run: 'r1', action: 'close' })).toBeUndefined();
    expect(findStored([mark()], { run: 'r2', action: 'close' })).toBeUndefined();
    expect(findStored([mark()], { run: 'r1', action: 'close' })).toEqual(mark());
  });
});

describe('a comment', () => {
  const events = (marks: StoredMark[], ...comments: ReturnType<typeof comment>[]) => commentEvents(comments, marks, 'me');
  const marked = (...given: Parameters<typeof events>) =>
    events(...given).map(({ id, mark: found }) => `${id} ${found ? `${found.run} ${found.action}` : '-'}`);

  test('gets its mark by its id', () => {
    expect(marked([mark({ comment: '2' })], comment('1', 'a'), comment('2', 'b'))).toEqual(['1 -', '2 r1 close']);
  });

  test('gets its mark by its words, however they are wrapped', () => {
    expect(marked([mark({ words: WORDS })], comment('1', 'a'), comment('2', 'We close  it.\n'))).toEqual(['1 -', '2 r1 close']);
  });

  test('of an earlier time with the same words keeps its own mark', () => {
    const marks = [mark({ words: WORDS, after: '0' }), mark({ run: 'r2', words: WORDS, after: '1' })];
    expect(marked(marks, comment('1', 'We close it.'), comment('3', 'We close it.'))).toEqual(['1 r1 close', '3 r2 close']);
    expect(marked(marks, comment('1', 'We close it.'))).toEqual(['1 r1 close']);
  });

  test('that a workflow has repeated is ours each time, in whatever order they come', () => {
    const copies = [comment('4', 'We close it.'), comment('3', 'We close it.'), comment('2', 'b')];
    expect(marked([mark({ words: WORDS })], ...copies)).toEqual(['2 -', '3 r1 close', '4 r1 close']);
    const later = mark({ run: 'r2', words: WORDS, after: '3' });
    expect(marked([mark({ words: WORDS }), later], ...copies)).toEqual(['2 -', '3 r1 close', '4 r2 close']);
    expect(commentsWith(later, [mark({ words: WORDS }), later], copies)).toEqual([copies[0]]);
    expect(commentsWith(later, [later, mark({ words: WORDS })], copies), 'the later mark has it').toEqual([]);
  });

  test('that was never posted leaves nothing behind', () => {
    expect(events([mark({ words: WORDS })])).toEqual([]);
  });

  test('that was deleted leaves a trace of our closing, which is not taken for a comment of ours', () => {
    const [trace] = events([mark({ comment: '2' })]);
    expect(trace).toEqual({
      at: AT,
      kind: 'commented',
      actor: { id: null, name: 'bugprune', kind: 'bot' },
      mark: { run: 'r1', action: 'close', policy: 'p' },
    });
    expect(trace && isOurs(trace)).toBe(false);
    expect(events([mark({ comment: '2', action: 'warn' })])).toEqual([]);
  });

  test('of somebody else with a mark is not ours', () => {
    const [event] = events([mark({ comment: '1' })], comment('1', 'a', 'other'));
    expect(event?.mark?.action).toBe('close');
    expect(event && isOurs(event)).toBe(false);
  });
});
