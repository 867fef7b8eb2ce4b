import { describe, expect, test } from 'vitest';
import { type FirstChoices, firstConfig, isPlain, proposedSigns } from '../../../src/config/first.js';
import type { Exploration, Sign } from '../../../src/trackers/tracker.js';

const label = (name: string, fit: Sign['fit'] = 'plain'): Sign => ({ kind: 'label', name, fit });
const type = (name: string, fit: Sign['fit'] = 'plain'): Sign => ({ kind: 'type', name, fit });

const GITHUB = { name: 'acme/app', settings: { type: 'github', repos: ['acme/app'] } };
const NOTHING: Exploration = { signs: [], targets: [], priorities: [], settings: {} };
const USUAL: FirstChoices = { signs: [], parked: [], warn: null, untargetedFor: '6w' };
const POLICIES = [{ name: 'untargeted', when: { untargetedFor: '6w', idleFor: '2w' } }];

describe('a first configuration', () => {
  test('of next to nothing says where, and the policy', () => {
    expect(firstConfig(GITHUB, null, USUAL)).toEqual({ trackers: { app: GITHUB.settings }, policies: POLICIES });
  });

  test('says what was chosen', () => {
    const choices = { signs: [label('kind/bug'), type('Bug')], parked: ['Backlog'], warn: '1w', untargetedFor: '12w' };
    expect(firstConfig(GITHUB, NOTHING, choices)).toEqual({
      trackers: { app: { ...GITHUB.settings, bugs: { labels: ['kind/bug'], types: ['Bug'] } } },
      targets: { parked: ['Backlog'] },
      policies: [{ name: 'untargeted', when: { untargetedFor: '12w', idleFor: '2w' }, warn: '1w' }],
    });
  });

  test('names only labels or only types where only they were chosen', () => {
    const bugs = (signs: readonly Sign[]) => firstConfig(GITHUB, NOTHING, { ...USUAL, signs }).trackers.app?.bugs;
    expect(bugs([label('kind/bug'), label('crash')])).toEqual({ labels: ['kind/bug', 'crash'] });
    expect(bugs([type('Bug')])).toEqual({ types: ['Bug'] });
  });

  test('takes over the settings that fit', () => {
    const settings = { closeAs: { label: 'ntbf' }, inProgress: ['wip'] };
    expect(firstConfig(GITHUB, { ...NOTHING, settings }, USUAL).trackers.app).toEqual({ ...GITHUB.settings, ...settings });
  });

  test.each<[string[], string[] | undefined]>([
    [['Highest', 'High', 'Low'], undefined],
    [['blocker', 'CRITICAL', 'Major'], undefined],
    [['High', 'Low'], undefined],
    [[], undefined],
    [['P0', 'P1', 'P2'], ['P0']],
    [
      ['Blocker', 'Urgent', 'Low'],
      ['Blocker', 'Urgent'],
    ],
  ])('of the priorities %j protects %j where the default does not', (priorities, expected) => {
    expect(firstConfig(GITHUB, { ...NOTHING, priorities }, USUAL).keep?.priorities).toEqual(expected);
  });

  test.each([
    ['acme/app', 'app'],
    ['acme', 'acme'],
    ['ERP', 'erp'],
    ['my.repo_1-x', 'my.repo_1-x'],
    ['.github', 'bugs'],
    ['my backlog', 'bugs'],
    ['__proto__', 'bugs'],
    ['', 'bugs'],
  ])('calls %s: %s', (name, short) => {
    expect(Object.keys(firstConfig({ ...GITHUB, name }, null, USUAL).trackers)).toEqual([short]);
  });
});

describe('what makes a bug', () => {
  test.each<[string, Sign[], Sign[], boolean]>([
    ['one label', [label('kind/bug'), label('docs', 'no')], [label('kind/bug')], true],
    ['one label and one type', [label('bug'), type('Bug')], [label('bug'), type('Bug')], true],
    ['a label that says just that, beside one that says more', [label('bug'), label('ui bug', 'perhaps')], [label('bug')], true],
    ['two labels', [label('bug'), label('kind/bug')], [label('bug'), label('kind/bug')], false],
    ['a label that says more', [label('ui bug', 'perhaps')], [label('ui bug', 'perhaps')], false],
    ['none', [label('docs', 'no')], [], false],
    ['nothing at all', [], [], false],
  ])('%s', (_, signs, proposed, plain) => {
    expect(proposedSigns(signs)).toEqual(proposed);
    expect(isPlain(signs)).toBe(plain);
  });
});
