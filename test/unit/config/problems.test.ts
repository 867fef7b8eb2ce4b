import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BugpruneError } from '../../../src/errors.js';
import { aFolder, FILE_TRACKER, failure, load, loadContent, problemsOf } from './given.js';

const trackers = { app: FILE_TRACKER };
const policy = { name: 'a', when: { openFor: '1w' } };
const github = (settings: object) => ({ trackers: { app: { type: 'github', repos: ['acme/app'], ...settings } } });

describe('each problem says where, what was expected and what was found', () => {
  test.each<[content: unknown, ...lines: string[]]>([
    ['text', 'the file as a whole: expected settings, found "text"'],
    [[trackers], 'the file as a whole: expected settings, found […]'],
    [{ trackers: 5 }, 'trackers: expected names with settings, found 5'],
    [{ trackers: { app: {} } }, expect.stringMatching(/^trackers\.app\.type: is missing, expected "file" or "github"/)],
    [
      { trackers: { app: { type: 'gihub' } } },
      expect.stringMatching(/^trackers\.app\.type: expected "file" or .*found "gihub"$/),
    ],
    [{ trackers: { app: { type: 'file' } } }, 'trackers.app.path: is missing'],
    [{ trackers: { '': FILE_TRACKER } }, 'trackers.: expected a name, found {…}'],
    [{ trackers, bots: ['a', 5] }, 'bots[1]: expected a text, found 5'],
    [{ trackers, bots: [' '] }, 'bots[0]: expected a text that is not empty, found " "'],
    [{ trackers, keep: null }, 'keep: expected settings, found null'],
    [{ trackers, keep: { votes: 0 } }, 'keep.votes: expected at least 1, found 0'],
    [{ trackers, keep: { votes: 1.5 } }, 'keep.votes: expected a whole number, found 1.5'],
    [{ trackers, keep: { inProgress: 'yes' } }, 'keep.inProgress: expected true or false, found "yes"'],
    [
      { trackers, keep: { reopened: 'never' } },
      'keep.reopened: expected "forever" or false or a duration such as 36h, 10d, 6w, 3mo or 1y, found "never"',
    ],
    [
      { trackers, targets: { treat: { slipped: 'close' } } },
      'targets.treat.slipped: expected "attention" or "untargeted" or "targeted", found "close"',
    ],
    [{ trackers, policies: [] }, 'policies: expected a list with at least one entry, found []'],
    [{ trackers, policies: [{ name: 'a', when: {} }] }, 'policies[0].when: expected at least one criterion, found {}'],
    [
      { trackers, policies: [{ name: 'a', when: { openFor: '6 weeks' } }] },
      'policies[0].when.openFor: expected a duration such as 36h, 10d, 6w, 3mo or 1y, found "6 weeks"',
    ],
    [
      { trackers, policies: [{ ...policy, name: 'a/b' }] },
      'policies[0].name: expected a short name of letters, digits, spaces, dots and dashes, found "a/b"',
    ],
    [{ trackers, policies: [policy, policy] }, 'policies[1].name: expected a name of its own for each policy, found "a"'],
    [
      { trackers, policies: [{ ...policy, comment: 'Dear {{reporter}}' }] },
      expect.stringMatching(/^policies\[0\]\.comment: unknown placeholder \{\{reporter\}\}; there are .*untargetedFor/),
    ],
    [
      { trackers, policies: [{ ...policy, warning: 'Dear @octocat' }] },
      expect.stringMatching(/^policies\[0\]\.warning: comments never mention people: take out @octocat/),
    ],
    [{ trackers, limits: { closes: -1 } }, 'limits.closes: expected at least 0, found -1'],
    [{ trackers, limits: { warnings: 2.5 } }, 'limits.warnings: expected a whole number, found 2.5'],
    [{ trackers, limits: { closes: null } }, 'limits.closes: expected a number, found null'],
    ...[0.2, 20, '20', '20 %', '101%', '100.5%', '-1%', '%', '.5%'].map((share): [object, string] => [
      { trackers, limits: { share } },
      `limits.share: expected a percentage such as 20%, at most 100%, found ${JSON.stringify(share)}`,
    ]),
    ...[3, '3', '0x', '0.5x', 'x', '-3x', '3 x', '3X', '3xx'].map((surge): [object, string] => [
      { trackers, limits: { surge } },
      `limits.surge: expected a multiple such as 3x, at least 1x, found ${JSON.stringify(surge)}`,
    ]),
    [{ trackers, limits: { close: 5 } }, 'limits: unknown key "close": did you mean "closes"?'],
    [github({ repos: ['acme'] }), 'trackers.app.repos[0]: expected a repository as owner/name, such as acme/app, found "acme"'],
    [github({ url: 'http://example.com' }), expect.stringMatching(/^trackers\.app\.url: expected an https URL/)],
    [github({ org: 'acme' }), 'trackers.app.org: expected either repos or org, not both, found "acme"'],
  ])('%j', async (content, ...lines) => {
    expect(await problemsOf(content)).toEqual(lines);
  });

  test('the error names the file, counts, and stands for exit code 2', async () => {
    const folder = await aFolder({ '.bugprunerc': { bots: 1, keep: 2, polcies: 3 } });
    const { code, message, hint } = await failure(load(folder));
    expect(code).toBe('config');
    expect(message.split('\n')[0]).toBe(`${folder}/.bugprunerc has 3 problems:`);
    expect(hint).toContain('bugprune schema config');
  });

  test('all problems of a file are told in one go', async () => {
    const content = {
      trackers: { app: { type: 'github', repos: ['acme'], tokne: {} }, file: { type: 'file', path: '' } },
      targets: { parked: 'Backlog' },
      keep: { lables: ['pinned'] },
      policies: [
        { name: 'a', when: { untargetdFor: '6w' } },
        { name: 'a', when: { openFor: 'soon' } },
      ],
      bots: [7],
    };
    expect((await problemsOf(content)).map((line) => line.split(':')[0])).toEqual([
      'trackers.app.repos[0]',
      'trackers.app',
      'trackers.file.path',
      'targets.parked',
      'bots[0]',
      'keep',
      'policies[0].when',
      'policies[0].when',
      'policies[1].when.openFor',
      'policies[1].name',
    ]);
  });
});

describe('unknown keys are refused', () => {
  test.each([
    [{ trackers, polices: [] }, 'the file as a whole: unknown key "polices": did you mean "policies"?'],
    [{ trackers, Keep: {} }, 'the file as a whole: unknown key "Keep": did you mean "keep"?'],
    [{ trackers, keep: { lables: [] } }, 'keep: unknown key "lables": did you mean "labels"?'],
    [{ trackers, targets: { treat: { sliped: 'targeted' } } }, 'targets.treat: unknown key "sliped": did you mean "slipped"?'],
    [
      { trackers, policies: [{ ...policy, when: { ...policy.when, untargetedfor: '6w' } }] },
      'policies[0].when: unknown key "untargetedfor": did you mean "untargetedFor"?',
    ],
    [github({ tokens: {} }), 'trackers.app: unknown key "tokens": did you mean "token"?'],
    [github({ token: { name: 'X' } }), 'trackers.app.token: unknown key "name"; there are env'],
    [github({ closeAs: { lable: 'x' } }), 'trackers.app.closeAs: unknown key "lable": did you mean "label"?'],
  ])('%j', async (content, line) => {
    expect(await problemsOf(content)).toContain(line);
  });

  test('a key that resembles none is answered with all of them', async () => {
    expect(await problemsOf({ trackers, limit: { a: 1 }, x: 1 })).toEqual([
      expect.stringContaining('unknown key "limit"'),
      expect.stringMatching(/unknown key "x"; there are \$schema, trackers, targets, .*policies/),
    ]);
  });

  test('a key cannot smuggle lines into a log', async () => {
    const lines = await problemsOf({ trackers, 'a\n::error::b': 1 });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('"a\\n::error::b"');
  });
});

describe('what somebody wrote into the file by mistake is not shown', () => {
  const secret = 'ghp_0123456789abcdefghijABCDEFGHIJ012345';

  test.each([
    ['as the token', github({ token: secret })],
    ['as the name of the variable', github({ token: { env: `${secret}-` } })],
    ['under a misspelt key', github({ tokn: secret })],
    ['beside an unknown type', { trackers: { app: { type: 'gihub', token: secret } } }],
    ['beside a type that is missing', { trackers: { app: { repos: ['acme/app'], token: secret } } }],
    ['in the address', github({ url: `http://me:${secret}@example.com` })],
    ['in the address, alone', github({ url: 'https://:hunter2@example.com' })],
    ['in a list', github({ repos: [secret] })],
    ['instead of the settings', { trackers: { app: secret } }],
    ['instead of everything', secret],
    ['in a list where settings belong', { trackers: [secret] }],
  ])('%s', async (_, content) => {
    const { message, hint } = await failure(loadContent(content));
    expect(`${message}\n${hint}`).not.toMatch(/ghp_|hunter2/);
  });

  test.each([
    ['YAML that cannot be read', '.bugprunerc', `trackers:\n  app:\n    token: ${secret}\n  - x`],
    ['YAML with a token for an alias', '.bugprunerc', `token: *${secret}`],
    ['YAML with a token for a tag', '.bugprunerc', `token: !${secret} x`],
    ['JSON that cannot be read', '.bugprunerc.json', `{"token": ${secret}}`],
    ['JSON that ends early', '.bugprunerc.json', `{"token": "${secret}`],
  ])('%s', async (_, name, text) => {
    const { message } = await failure(load(await aFolder({ [name]: text })));
    expect(message).toMatch(/is not valid (YAML|JSON): line \d+, column \d+/);
    expect(message).not.toContain('ghp_');
  });
});

describe('keys that mean something to JavaScript', () => {
  test.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])('%s is an unknown key', async (key) => {
    const lines = await problemsOf(`{"trackers": {"app": {"type": "file", "path": "x"}}, "${key}": {"polluted": true}}`);
    expect(lines).toEqual([expect.stringContaining(`unknown key "${key}"`)]);
    expect('polluted' in {}).toBe(false);
  });

  test.each([
    '{"trackers": {"app": {"type": "__proto__"}}}',
    '{"trackers": {"app": {"type": "constructor"}}}',
    '{"trackers": {"app": {"type": "file", "path": "x", "__proto__": {"polluted": true}}}}',
    '{"trackers": {"app": {"type": "file", "path": "x"}}, "keep": {"__proto__": {"polluted": true}}}',
    '{"trackers": {"app": {"type": "file", "path": "x"}}, "targets": {"constructor": {"prototype": {"polluted": true}}}}',
  ])('%s is refused', async (text) => {
    expect((await problemsOf(text)).length).toBeGreaterThan(0);
    expect('polluted' in {}).toBe(false);
  });

  test('a tracker may be called constructor', async () => {
    const config = await loadContent({ trackers: { constructor: FILE_TRACKER } }, { only: ['constructor'] });
    expect(config.trackers.map(({ name }) => name)).toEqual(['constructor']);
  });

  test('and is not there when it is not configured', async () => {
    expect((await failure(loadContent({ trackers }, { only: ['constructor'] }))).code).toBe('usage');
  });
});

describe('anything at all as a configuration', () => {
  const keys = fc.constantFrom(
    ...[
      'trackers',
      'targets',
      'keep',
      'policies',
      'bots',
      'rules',
      'formats',
      'type',
      'when',
      'name',
      'token',
      '__proto__',
      'app',
    ],
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.oneof(fc.constantFrom('6w', 'github', 'file', './x.js', 'untargeted'), fc.jsonValue({ maxDepth: 1 })),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(fc.oneof(keys, fc.string({ maxLength: 8 })), tie('tree'), { maxKeys: 5 }),
    ),
  }));

  test('is either taken or refused in words', async () => {
    await fc.assert(
      fc.asyncProperty(tree, async (content) => {
        const folder = await aFolder({ '.bugprunerc.json': JSON.stringify(content) });
        try {
          await load(folder, { sources: ['backlog.ndjson'] });
        } catch (error) {
          expect(error).toBeInstanceOf(BugpruneError);
          expect(error).toHaveProperty('code', 'config');
        }
      }),
      { numRuns: 300 },
    );
  });

  test('any text in a file, too', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('.bugprunerc', '.bugprunerc.json'), fc.string(), async (name, text) => {
        const folder = await aFolder({ [name]: text });
        try {
          await load(folder, { sources: ['backlog.ndjson'] });
        } catch (error) {
          expect(error).toBeInstanceOf(BugpruneError);
          expect(error).toHaveProperty('code', 'config');
        }
      }),
      { numRuns: 200 },
    );
  });
});
