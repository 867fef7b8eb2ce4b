import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Report } from '../../src/report/document.js';
import { readReport } from '../../src/report/read.js';
import { githubStore, startGithub } from '../fakes/github/index.js';
import { addIssue, createStore, startJira } from '../fakes/jira/index.js';
import { inProcess } from './in-process.js';
import { emptyFolder } from './program.js';

const NOW = '2026-11-22T09:00:00Z';
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((fake) => fake.close()));
});

/** Somebody who interrupts when the list is asked for its second page, which never comes. */
function impatient() {
  const stop = new AbortController();
  let pages = 0;
  const fault = (isPage: boolean) => {
    if (!isPage || ++pages < 2) return undefined;
    stop.abort();
    return { delay: 50 };
  };
  return { stop, fault };
}

/** The report that an interrupted command left behind. */
async function cutShort(tracker: object, stop: AbortController, env: Record<string, string>): Promise<Report> {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, '.bugprunerc'), JSON.stringify({ trackers: { app: tracker } }));
  const { code, stderr } = await inProcess(['-o', 'report.json', '--now', NOW], { cwd, env, stop: stop.signal });
  expect({ code, stderr }).toEqual({ code: 130, stderr: 'Interrupted. The report has what was read by then.\n' });
  return readReport(readFileSync(join(cwd, 'report.json'), 'utf8'), 'report.json');
}

describe('Ctrl-C between two pages leaves a report of the first', () => {
  test.each(['cloud', 'datacenter'] as const)('of a Jira (%s)', async (flavour) => {
    const store = createStore();
    for (let count = 0; count < 9; count++) addIssue(store, { created: '2025-01-01T00:00:00Z' });
    const { stop, fault } = impatient();
    const isPage = ({ path }: { path: string }) => path.includes('/search');
    const fake = await startJira({ flavour, store, pageSize: 4, fault: (request) => fault(isPage(request)), now: () => NOW });
    open.push(fake);
    const env = { JIRA_EMAIL: 'lead@example.test', JIRA_API_TOKEN: 'test-token' };
    const report = await cutShort(
      { type: 'jira', url: fake.url, projects: ['ERP'] },
      stop,
      flavour === 'cloud' ? env : { JIRA_TOKEN: 'test-token' },
    );
    expect(report.trackers).toMatchObject([{ complete: false, open: 4, problems: ['interrupted before everything was read'] }]);
    expect(report.bugs.every(({ verdict }) => verdict !== 'close' && verdict !== 'warn')).toBe(true);
  });

  test('of a GitHub', async () => {
    const store = githubStore({ now: () => NOW });
    store.addRepository('acme/app');
    for (let count = 0; count < 9; count++) {
      store.addIssue('acme/app', { title: `Bug ${count}`, labels: ['bug'], createdAt: '2025-01-01T00:00:00Z' });
    }
    const { stop, fault } = impatient();
    const isPage = ({ path }: { path: string }) => path.endsWith('/issues');
    const fake = await startGithub({ store, pageSize: 4, fault: (request) => fault(isPage(request)), now: () => NOW });
    open.push(fake);
    const report = await cutShort({ type: 'github', url: fake.url, repos: ['acme/app'] }, stop, { GITHUB_TOKEN: 'test-token' });
    expect(report.trackers).toMatchObject([{ complete: false, problems: ['interrupted before everything was read'] }]);
    expect(report.summary.open).toBeGreaterThan(0);
    expect(report.summary.open).toBeLessThan(9);
  });
});
