import { describe, expect, test } from 'vitest';
import { BUILT_IN_RULES, configSchema } from '../../../src/config/schema.js';
import { judge } from '../../../src/rules/judge.js';
import { aBug } from '../../../src/testing.js';
import { DESCRIPTORS } from '../../../src/trackers/index.js';
import { aFolder, FILE_TRACKER, load, loadContent } from './given.js';

const NOW = '2026-11-22T09:00:00Z';
const weeksAgo = (weeks: number) => `${new Date(Date.parse(NOW) - weeks * 604_800_000).toISOString().slice(0, 19)}Z`;

describe('with only a source given', () => {
  const defaults = configSchema({ descriptors: DESCRIPTORS, rules: BUILT_IN_RULES }).parse({});

  test('the guards are those of the reference, and no others', () => {
    expect(defaults.keep).toEqual({
      labels: ['pinned', 'security'],
      priorities: ['Blocker', 'Critical', 'Highest'],
      inProgress: true,
      linkedWork: true,
      reopened: 'forever',
      snoozed: true,
    });
  });

  test('there is one policy: six weeks untargeted, two weeks idle, no warning, no guards of its own', () => {
    expect(defaults.policies).toHaveLength(1);
    expect(defaults.policies[0]).toMatchObject({
      name: 'untargeted',
      when: { untargetedFor: { count: 6, unit: 'w' }, idleFor: { count: 2, unit: 'w' } },
      keep: {},
    });
    expect(defaults.policies[0]?.warn).toBeUndefined();
  });

  test('nothing is parked, nobody is a bot, and no target class but untargeted closes', () => {
    expect(defaults.targets).toEqual({
      parked: [],
      treat: { parked: 'attention', slipped: 'attention', unplanned: 'undecided' },
    });
    expect(defaults.bots).toEqual([]);
  });

  test('a prune closes 25 bugs at most, a fifth of those that are open, and three times as many as usual', () => {
    expect(defaults.limits).toEqual({ closes: 25, warnings: 50, share: 20, surge: 3 });
  });

  test('writing the defaults out changes nothing', async () => {
    const written = await loadContent({
      trackers: { app: FILE_TRACKER },
      targets: { parked: [], treat: { parked: 'attention', slipped: 'attention' } },
      bots: [],
      keep: {
        labels: ['pinned', 'security'],
        priorities: ['Blocker', 'Critical', 'Highest'],
        inProgress: true,
        linkedWork: true,
        reopened: 'forever',
      },
      policies: [{ name: 'untargeted', when: { untargetedFor: '6w', idleFor: '2w' } }],
    });
    const silent = await loadContent({ trackers: { app: FILE_TRACKER } });
    expect(written.policyDigest).toBe(silent.policyDigest);
  });

  test.each([
    ['closes what is six weeks old and silent for two', {}, 'close'],
    ['keeps what is a second younger', { createdAt: '2026-10-11T09:00:01Z' }, 'keep'],
    ['closes at exactly six weeks', { createdAt: '2026-10-11T09:00:00Z' }, 'close'],
    [
      'keeps what a person touched thirteen days ago',
      { events: [{ at: '2026-11-09T09:00:00Z', kind: 'commented' as const, actor: null }] },
      'keep',
    ],
    ['keeps a pinned one, whatever the case', { labels: ['PINNED'] }, 'keep'],
    ['keeps a security bug', { labels: ['security'] }, 'keep'],
    ['keeps a blocker', { priority: 'blocker' }, 'keep'],
    ['keeps what is in progress', { inProgress: true }, 'keep'],
    ['keeps what has linked work', { linkedWork: [{ kind: 'change' as const, name: 'acme/app#2' }] }, 'keep'],
    ['keeps what is planned', { targets: [{ name: '2.0', state: 'open' as const }] }, 'keep'],
    ['keeps what is parked, since parked is no answer', { targets: [{ name: 'Backlog', state: 'closed' as const }] }, 'keep'],
    ['does not decide about what plans no releases', { targets: 'unplanned' as const }, 'undecided'],
    ['closes what is assigned: a name is no plan', { assignees: [{ id: null, name: 'a', kind: 'human' as const }] }, 'close'],
  ])('%s', async (_, parts, verdict) => {
    const { rules } = await load(await aFolder(), { sources: ['backlog.ndjson'] });
    expect(judge(aBug({ createdAt: weeksAgo(60), ...parts }), rules, NOW).verdict).toBe(verdict);
  });
});

describe('the digest of the policies', () => {
  const digestOf = async (content: object) => (await loadContent({ trackers: { app: FILE_TRACKER }, ...content })).policyDigest;

  test('is a sha256, and the same for the same policies', async () => {
    expect(await digestOf({})).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(await digestOf({})).toBe(await digestOf({}));
  });

  test.each([
    ['a guard', { keep: { labels: ['pinned'] } }],
    ['a criterion', { policies: [{ name: 'untargeted', when: { untargetedFor: '7w', idleFor: '2w' } }] }],
    ['a text', { policies: [{ name: 'untargeted', when: { untargetedFor: '6w', idleFor: '2w' }, comment: 'Gone.' }] }],
    ['what is parked', { targets: { parked: ['Backlog'] } }],
    ['how a class is treated', { targets: { treat: { slipped: 'targeted' } } }],
    ['who is a bot', { bots: ['ci'] }],
  ])('changes with %s', async (_, content) => {
    expect(await digestOf(content)).not.toBe(await digestOf({}));
  });

  test.each([
    ['the trackers', { trackers: { other: { type: 'github', repos: ['acme/app'] } } }],
    ['how many may be closed', { limits: { closes: 3, warnings: 3, share: '1%', surge: '2x' } }],
    ['the order of keys', { bots: [], keep: { reopened: 'forever', inProgress: true } }],
  ])('does not change with %s', async (_, content) => {
    expect(await digestOf(content)).toBe(await digestOf({}));
  });
});
