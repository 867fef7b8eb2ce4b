import { describe, expect, test } from 'vitest';
import { bugFit, severest, soundsInProgress, soundsParked } from '../../../src/model/vocabulary.js';

describe('a label or a type', () => {
  test.each([
    ...['bug', 'Bug', 'BUG', 'kind/bug', 'type: bug', 'type/bug', 'Type: Bug 🐛', ':bug: bug', 'C-bug', 'T-Defect', 'defect'],
    ...['Issue Type: Bug', 'bugs', 'Fehler', 'バグ', '缺陷', 'ошибка'],
  ])('%s says that it makes a bug, and nothing else', (name) => {
    expect(bugFit(name)).toBe('plain');
  });

  test.each(['confirmed bug', 'bug: ui', 'bug report', 'kind/regression', 'crash', 'UX Bug'])('%s says it and more', (name) => {
    expect(bugFit(name)).toBe('perhaps');
  });

  test.each([
    ...['', 'kind', '🐛', 'not a bug', 'no-bug', 'bug fix', 'bugfix', 'bug bounty', 'debug', 'debugger', 'enhancement'],
    ...['good first issue', 'ladybug', 'Task', 'Story', 'documentation'],
  ])('"%s" does not say it', (name) => {
    expect(bugFit(name)).toBe('no');
  });
});

test.each([
  ...['Backlog', 'backlog', 'Future', 'Future release', '4.x Backlog', 'Ice Box', 'Icebox', 'Someday', 'Some day / maybe', 'TBD'],
  ...['Unscheduled', 'No milestone', 'Nice-to-have', 'long-term', 'Needs triage', 'Wish list', '未来', 'Zukunft'],
])('a target %s promises nothing', (name) => {
  expect(soundsParked(name)).toBe(true);
});

test.each(['2.0', 'v4.1', 'Next', '2026-Q1', 'Sprint 12', 'Release 3.0.0', 'Futurama', 'backlogged', 'Alloy 1.2.0', ''])(
  'a target "%s" may well promise something',
  (name) => {
    expect(soundsParked(name)).toBe(false);
  },
);

test.each([
  'in progress',
  'In Progress',
  'status: in progress',
  'in-progress',
  'WIP',
  'Status: Doing',
  'S-in-progress',
  '进行中',
])('a label %s says that somebody works on it', (name) => {
  expect(soundsInProgress(name)).toBe(true);
});

test.each(['progress bar', 'needs review', 'in progress bar', 'status', '', 'starter'])('a label "%s" does not', (name) => {
  expect(soundsInProgress(name)).toBe(false);
});

describe('the severest of some names', () => {
  test.each<[string[], Record<string, string>]>([
    [['Highest', 'High', 'Medium', 'Low', 'Lowest'], { Highest: 'Highest' }],
    [['Blocker', 'Critical', 'Major', 'Minor', 'Trivial'], { Blocker: 'Blocker', Critical: 'Critical' }],
    [['P0', 'P1', 'P2', 'P3'], { P0: 'Blocker' }],
    [['P1', 'P2', 'P3'], { P1: 'Blocker' }],
    [['P2', 'P3'], {}],
    [['priority/p0', 'priority/p1', 'priority: critical'], { 'priority/p0': 'Blocker', 'priority: critical': 'Critical' }],
    [['Sev 1', 'Sev 2'], { 'Sev 1': 'Blocker' }],
    [['severity::1', 'severity::2'], { 'severity::1': 'Blocker' }],
    [['priority/critical-urgent', 'priority/important-soon'], { 'priority/critical-urgent': 'Critical' }],
    [['P1 - urgent', 'P2 - high'], { 'P1 - urgent': 'Blocker' }],
    [['1 - Highest', '2 - High'], { '1 - Highest': 'Highest' }],
    [['release-blocker', 'blocked'], { 'release-blocker': 'Blocker' }],
    [['critical path', 'non-critical', '1 password', 's3 bucket', '2.0', 'highlight', 'priority', ''], {}],
    [['最高', '中'], { 最高: 'Highest' }],
    [[], {}],
  ])('%j', (names, expected) => {
    expect(Object.fromEntries(severest(names).map(({ name, severity }) => [name, severity]))).toEqual(expected);
  });
});
