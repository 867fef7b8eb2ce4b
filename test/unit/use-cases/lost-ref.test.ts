import { describe, expect, test } from 'vitest';
import { TrackerError } from '../../../src/errors.js';
import { aBug, memoryTracker } from '../../../src/testing.js';
import { knownNowhere } from '../../../src/use-cases/lost-ref.js';
import { aFolder, aFolderWith, NOW, runs } from '../cli/given.js';

describe('explain, where nothing says in which tracker to look', () => {
  const asked = async (ref: string) => runs(['explain', ref], { cwd: await aFolder() });

  test.each([
    ['ERP-1', 'ERP-1 looks like the key of a Jira issue, but no Jira site is named or configured.', 'https://SITE/browse/ERP-1'],
    ['erp-12', 'erp-12 looks like the key of a Jira issue', 'bugprune explain https://SITE/browse/ERP-12'],
    ['12', '12 is a number in some repository, but none is named or configured', 'bugprune explain OWNER/REPO#12'],
    ['#12', '#12 is a number in some repository', 'bugprune explain OWNER/REPO#12'],
    ['acme/app', 'acme/app is a whole source, not one bug.', 'All its bugs: bugprune report acme/app'],
    ['https://github.com/acme/app', 'https://github.com/acme/app is a whole source, not one bug.', 'bugprune report https://'],
    ['nonsense', '"nonsense" is no bug that bugprune knows.', 'A bug is named as acme/app#12 or ERP-12, or by its URL'],
    ['acme/app#1x', '"acme/app#1x" is no bug that bugprune knows.', 'FILE.ndjson'],
  ])('%s', async (ref, message, hint) => {
    const { code, out, err } = await asked(ref);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    const [first = '', second = ''] = err.split('\n');
    expect(first).toContain(`bugprune: ${message}`);
    expect(second).toContain(hint);
  });

  test('says the forms of a bug as they are, on two lines at most', async () => {
    expect((await asked('nonsense')).err.trimEnd().split('\n')).toHaveLength(2);
  });
});

describe('explain, where no tracker knows the bug', () => {
  const missing = (message: string, hint?: string) => new TrackerError('not-found', message, { hint });

  test.each<[string, string, string[], string, string | undefined]>([
    [
      'ERP-1',
      'no issue on GitHub',
      ['github'],
      'looks like the key of a Jira issue, but there is only GitHub',
      'https://SITE/browse/ERP-1',
    ],
    [
      'acme/app#1',
      'no key',
      ['jira', 'jira'],
      'looks like an issue on GitHub, but there is only Jira',
      'bugprune explain acme/app#1 acme/app',
    ],
    ['ERP-1', 'not in this snapshot', ['file'], 'not in this snapshot', undefined],
    ['ERP-1', 'not there', ['github', 'file'], 'not there', undefined],
    ['acme/app#1', 'not there', ['github'], 'not there', undefined],
    ['whatever', 'not there', ['./own.js'], 'not there', undefined],
  ])('%s: %s', (ref, said, types, message, hint) => {
    const error = knownNowhere(ref, [missing(said)], types);
    expect(error).toMatchObject({ code: 'credentials', message: expect.stringContaining(message) });
    if (hint === undefined) expect(error?.hint).toBeUndefined();
    else expect(error?.hint).toContain(hint);
  });

  test('tells what each of them says, once', () => {
    const error = knownNowhere('x', [missing('not here', 'try this'), missing('nor here'), missing('not here')], ['a', 'b', 'c']);
    expect(error).toMatchObject({ code: 'credentials', message: 'not here\nnor here', hint: 'try this' });
    expect(knownNowhere('x', [], ['a'])).toBeUndefined();
  });

  test('a tracker that could not answer comes first', async () => {
    const tracker = memoryTracker([aBug()], () => NOW);
    const read = () => Promise.reject(new TrackerError('network', 'Nobody answers.'));
    const cwd = await aFolderWith(() => ({ ...tracker, read }));
    const { code, err } = await runs(['explain', 'acme/app#1', '--config', 'my.yaml'], { cwd });
    expect({ code, err }).toEqual({ code: 4, err: 'bugprune: Nobody answers.\n' });
  });
});
