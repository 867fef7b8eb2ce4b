import { describe, expect, test } from 'vitest';
import { agreesTo, chooseOne, chooseSome } from '../../../src/cli/questions.js';
import { BugpruneError } from '../../../src/errors.js';
import { anIo, aShell } from './given.js';

const OPTIONS = ['bug', 'kind/bug', 'Bug', '7'].map((name, index) => ({
  shown: `${index === 2 ? 'type' : 'label'} "${name}"`,
  name,
}));

/** What comes of a question that gets these answers, one after another, until the input ends. */
async function asked<Answer>(ask: (io: ReturnType<typeof aShell>) => Promise<Answer>, ...answers: string[]) {
  const io = anIo({ ask: (question: string, atEnd = '') => Promise.resolve(said(question) || (answers.shift() ?? atEnd)) });
  const said = (question: string) => {
    io.err.write(question);
    return '';
  };
  const result = await ask(aShell(io)).catch((error: unknown) => {
    if (error instanceof BugpruneError) return error.code;
    throw error;
  });
  return { result, left: answers.length, text: io.err.text() };
}

const some = (mayBeNone = false, preset: readonly number[] = [0, 1]) => {
  return (io: ReturnType<typeof aShell>) => chooseSome('Which?', OPTIONS, { preset, mayBeNone, mostShown: 9 }, io);
};

describe('some of several', () => {
  test.each<[string, readonly number[]]>([
    ['', [0, 1]],
    ['2', [1]],
    ['3, 1', [0, 2]],
    [' 1 ,1', [0]],
    ['kind/BUG', [1]],
    ['bug', [0, 2]],
    ['2, bug', [0, 1, 2]],
    ['7', [3]],
  ])('"%s" chooses %j', async (answer, expected) => {
    expect(await asked(some(), answer)).toMatchObject({ result: expected, left: 0 });
  });

  test.each(['5', '1 2', '1,', 'bgu', '0', '-1', '1-2', '99999'])(
    '"%s" is not understood, and asked for again',
    async (answer) => {
      const { result, text } = await asked(some(), answer, '2');
      expect(result).toEqual([1]);
      expect(text.match(/Numbers or names/g)).toHaveLength(2);
    },
  );

  test('none is an answer where it may be', async () => {
    expect((await asked(some(true), '0')).result).toEqual([]);
    expect((await asked(some(true), '')).result).toEqual([0, 1]);
  });

  test('Enter is no answer where nothing is proposed', async () => {
    expect((await asked(some(false, []), '', '', '')).result).toBe('usage');
  });

  test('shows each with its number, and what Enter stands for', async () => {
    expect((await asked(some(), '')).text).toBe(
      'Which?\n  1  label "bug"\n  2  label "kind/bug"\n  3  type "Bug"\n  4  label "7"\nNumbers or names, separated by commas [1, 2]: ',
    );
  });

  test('of a long list the rest is chosen by name', async () => {
    const ask = (io: ReturnType<typeof aShell>) =>
      chooseSome('Which?', OPTIONS, { preset: [], mayBeNone: false, mostShown: 1 }, io);
    const { result, left, text } = await asked(ask, '2', 'kind/bug');
    expect([result, left]).toEqual([[1], 0]);
    expect(text).toContain('  1  label "bug"\n  and 3 more, by name\n');
  });

  test('what is shown cannot move the cursor', async () => {
    const ask = (io: ReturnType<typeof aShell>) =>
      chooseSome('Which?', [{ shown: '\u001b[2Jx', name: 'x' }], { preset: [0], mayBeNone: false, mostShown: 9 }, io);
    expect((await asked(ask, '')).text).not.toContain('\u001b');
  });
});

test.each<[string[], number | string, number]>([
  [[''], 1, 0],
  [['1'], 0, 0],
  [['kind/bug'], 1, 0],
  [['bug', '9', '3'], 2, 0],
  [['x', 'y', 'z', '1'], 'usage', 1],
  [[], 'interrupted', 0],
  [['x'], 'interrupted', 0],
])('one of several: %j gives %s', async (answers, result, left) => {
  expect(await asked((io) => chooseOne('Which one?', OPTIONS, 1, io), ...answers)).toMatchObject({ result, left });
});

test.each<[string[], boolean | string]>([
  [[''], true],
  [['y'], true],
  [['YES'], true],
  [['n'], false],
  [['No'], false],
  [['maybe', 'n'], false],
  [['a', 'b', 'c'], 'usage'],
  [[], 'interrupted'],
])('yes or no: %j gives %s', async (answers, result) => {
  expect((await asked((io) => agreesTo('Well?', io), ...answers)).result).toBe(result);
});
