import { expect } from 'vitest';
import type { TrackerError } from '../../../../src/errors.js';
import type { Diagnosis, NamesInUse } from '../../../../src/trackers/tracker.js';
import type { FakeProject, FakeRequest, Fault, JiraStore } from '../../../fakes/jira/index.js';
import { erp, type Flavour, site } from './harness.js';

interface Look extends NonNullable<Parameters<typeof site>[1]> {
  readonly names?: Partial<NamesInUse>;
}

/** What is found out about a stand-in, and by which requests; who we are is asked before. */
export async function look(flavour: Flavour, { names = {}, ...options }: Look = {}) {
  await using here = await site(flavour, options);
  await here.tracker.identify(here.call);
  const before = here.fake.requests.length;
  const used = { labels: [], types: [], priorities: [], targets: [], ...names };
  const findings = (await here.tracker.diagnose?.(used, here.call)) ?? [];
  expect(here.fake.violations).toEqual([]);
  expect(here.fake.requests.filter(({ write }) => write)).toEqual([]);
  for (const { severity, message, hint } of findings) {
    expect(message).toMatch(/^[^\n]{10,}[.)]$/);
    if (severity !== 'ok') expect(hint).toMatch(/^[^\n]{20,}\.$/);
  }
  const problems = here.events.flatMap((event): TrackerError[] => (event.type === 'problem' ? [event.error] : []));
  const requests = here.fake.requests.slice(before).map(({ path }) => path.replace(/^\/rest\/api\/\d/, ''));
  return { findings, problems, requests, url: here.fake.url };
}

export const of = (findings: readonly Diagnosis[], severity: Diagnosis['severity']): string[] =>
  findings.filter((one) => one.severity === severity).map(({ message, hint }) => [message, hint].filter(Boolean).join(' > '));
export const wrong = (findings: readonly Diagnosis[]): string[] => [...of(findings, 'config'), ...of(findings, 'credentials')];

/** ERP, changed. */
export function changed(change: Partial<FakeProject>, store = erp()): JiraStore {
  for (const project of store.projects) Object.assign(project, change);
  return store;
}

/** Something else instead of the answers of a path. */
export const faultAt =
  (path: string, fault: Fault) =>
  (request: FakeRequest): Fault | undefined =>
    request.path.endsWith(path) ? fault : undefined;
