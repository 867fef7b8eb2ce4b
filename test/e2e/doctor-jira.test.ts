import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Checkup, Finding } from '../../src/use-cases/doctor.js';
import {
  addIssue,
  createStore,
  type FakeRequest,
  type Fault,
  type JiraFake,
  type JiraFakeOptions,
  type JiraFlavour,
  startJira,
} from '../fakes/jira/index.js';
import { inProcess } from './in-process.js';
import { emptyFolder, type Outcome } from './program.js';

const NOW = '2026-11-22T09:00:00Z';
const FLAVOURS: JiraFlavour[] = ['cloud', 'datacenter'];
const CREDENTIALS: Record<JiraFlavour, Record<string, string>> = {
  cloud: { JIRA_EMAIL: 'lead@example.test', JIRA_API_TOKEN: 'test-token' },
  datacenter: { JIRA_TOKEN: 'test-token' },
};
let fake: JiraFake | undefined;

afterEach(async () => {
  expect(fake?.violations ?? []).toEqual([]);
  expect(fake?.requests.filter(({ write }) => write) ?? []).toEqual([]);
  await fake?.close();
  fake = undefined;
});

interface Given extends Partial<Omit<JiraFakeOptions, 'flavour'>> {
  readonly settings?: object;
  readonly rest?: object;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs `bugprune doctor` with a configuration for a stand-in; `settings` are those of its tracker `erp`. */
async function doctor(
  flavour: JiraFlavour,
  { settings = {}, rest = {}, args = [], env = {}, ...options }: Given = {},
): Promise<Outcome> {
  const store = createStore();
  addIssue(store, { created: '2025-01-01T00:00:00Z', labels: ['pinned'] });
  fake = await startJira({ flavour, store, now: () => NOW, ...options });
  const cwd = emptyFolder();
  const erp = { type: 'jira', url: fake.url, projects: ['ERP'], ...settings };
  await writeFile(join(cwd, '.bugprunerc'), JSON.stringify({ trackers: { erp }, ...rest }));
  return await inProcess(['doctor', '--now', NOW, ...args], { cwd, env: { ...CREDENTIALS[flavour], ...env } });
}

const findingsOf = ({ stdout }: Outcome): readonly Finding[] =>
  (JSON.parse(stdout) as { trackers: Checkup[] }).trackers.flatMap(({ findings }) => findings);

/** Everything in it that can be wrong is, and everything of these is found. */
const WRONG = {
  settings: {
    bugs: { types: ['Bgu'] },
    jql: 'colour = red',
    inProgress: ['Doing'],
    closeAs: { statuses: ['Open'], resolutions: ['Wontfix'], fields: { customfield_9: 1 } },
  },
  rest: {
    keep: { labels: ['pinend'], priorities: ['Urgent'] },
    policies: [{ name: 'old', when: { untargetedFor: '6w', types: ['Bugg'] } }],
    targets: { parked: ['Backlog*'] },
  },
};

describe.each(FLAVOURS)('doctor on %s', (flavour) => {
  test('praises a configuration that is right', async () => {
    const rest = { keep: { labels: ['pinned'], priorities: ['Highest'] }, targets: { parked: ['1.*'] } };
    const { code, stdout, stderr } = await doctor(flavour, { rest });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^erp \(jira\)\n {2}ok {2}jira:127\.0\.0\.1:\d+\/ERP knows us as Lead Example\.\n/);
    expect(stdout).toContain('  ok  ERP: 2 versions (1 unreleased), bugs are of the type Bug. We may close bugs.\n');
    expect(stdout).toMatch(/\nNothing is wrong\.\nNext: bugprune report\b.*\n$/);
  });

  test('still ends with 0 where something is worth knowing', async () => {
    const { code, stdout } = await doctor(flavour, { permissions: { TRANSITION_ISSUES: false } });
    expect(code).toBe(0);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(
      / -- ERP: Lead Example lacks Transition Issues\..*> Before the first prune, ask an admin/,
    );
    expect(stdout).toMatch(/\nNothing is wrong; 1 note\.\nNext: bugprune report\b.*\n$/);
  });

  test('tells every wrong name, each with what to do, and ends with 2', async () => {
    const { code, stdout, stderr } = await doctor(flavour, WRONG);
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    const entries = stdout.split(/\n {2}(?=!! |-- |ok )/).slice(1);
    for (const entry of entries) expect(/\n {6}> \S/.test(entry)).toBe(!entry.startsWith('ok'));
    const words = stdout.replace(/\s+/g, ' ');
    const names = ['Bgu', 'Doing', 'Open', 'Wontfix', 'customfield_9', 'pinend', 'Urgent', 'Bugg', 'Backlog*'];
    for (const name of names) expect(words).toContain(`"${name}"`);
    expect(words).toMatch(/Jira does not understand jql: .*colour/);
    expect(words).toMatch(/9 things are to be set right; 1 note\. $/);
  });

  test('tells the same as JSON', async () => {
    const outcome = await doctor(flavour, { ...WRONG, args: ['--json'] });
    expect({ code: outcome.code, stderr: outcome.stderr }).toEqual({ code: 2, stderr: '' });
    expect(JSON.parse(outcome.stdout)).toMatchObject({
      version: 1,
      kind: 'checkup',
      trackers: [{ tracker: 'erp', type: 'jira' }],
    });
    const findings = findingsOf(outcome);
    expect(findings.filter(({ severity }) => severity === 'config')).toHaveLength(9);
    for (const { severity, message, hint } of findings) {
      expect(message).toMatch(/^[^\n]+$/);
      if (severity !== 'ok') expect(hint).toMatch(/\w{3}/);
    }
  });

  test.each<[string, Given, RegExp]>([
    [
      'credentials are wrong',
      { env: { JIRA_API_TOKEN: 'no-such-token', JIRA_TOKEN: 'no-such-token' } },
      /does not accept the credentials.*> They may be wrong/,
    ],
    ['credentials are missing', { env: { JIRA_API_TOKEN: '', JIRA_TOKEN: '' } }, /There are no credentials.*> Set JIRA_/],
    [
      'a project is hidden',
      { permissions: { BROWSE_PROJECTS: false } },
      /ERP: there is no such project, or Lead.*> Correct projects/,
    ],
    [
      'one of several projects is hidden, and names are wrong',
      { settings: { ...WRONG.settings, projects: ['ERP', 'NOPE'] } },
      /NOPE: there is no such project.*"Bgu"/,
    ],
  ])('ends with 3 where %s', async (_, given, expected) => {
    const { code, stdout, stderr } = await doctor(flavour, given);
    expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
    expect(stdout.replace(/\s+/g, ' ')).toMatch(expected);
    expect(stdout).not.toMatch(/no-such-token|test-token/);
  });

  test('ends with 4 where only a part could be looked at, and tells the rest', async () => {
    const fault = ({ path }: FakeRequest): Fault | undefined => (path.endsWith('/status') ? { status: 503 } : undefined);
    const { code, stdout } = await doctor(flavour, { fault });
    expect(code).toBe(4);
    expect(stdout).toMatch(/!! {2}127[^>]*\/status with 503[^>]*> Try again later/);
    expect(stdout).toContain('ERP: 2 versions');
  });
});

test('doctor tells of a token with scopes what scopes it takes', async () => {
  const { code, stdout } = await doctor('cloud', { scopedToken: true });
  expect(code).toBe(0);
  expect(stdout.replace(/\s+/g, ' ')).toMatch(/-- The API token has scopes.*> Nothing to do, if .*write:jira-work/);
});
