import type { Bug } from '../../../../src/model/bug.js';
import type { Receipt } from '../../../../src/trackers/tracker.js';
import { type FakeRequest, type FakeTransition, issueNamed, type JiraStore, statusOf } from '../../../fakes/jira/index.js';
import { erpWithBug, MARK, type Site } from './harness.js';

/** A comment with everything in it that must not come to life. */
export const TEXT =
  'No target release for 321 days.\nNobody plans to fix it.\n\nSee https://acme.test/ntbf. [~admin] {code}*x*{code} @bob';

/** What a prune does to one bug. */
export async function prune(here: Site, ref = 'ERP-1', text = TEXT): Promise<{ bug: Bug; comment: Receipt; close: Receipt }> {
  const bug = await here.tracker.read(ref, here.call);
  const comment = await here.tracker.comment(bug, text, MARK, here.call);
  return { bug, comment, close: await here.tracker.close(bug, MARK, here.call) };
}

/** A transition that closes. */
export const done = (transition: Partial<FakeTransition> & { to: string }): FakeTransition => ({
  id: '9',
  name: 'End',
  from: 'any',
  ...transition,
});

/** A site whose one bug has only these ways out of it. */
export function withWorkflow(...transitions: FakeTransition[]): JiraStore {
  const store = erpWithBug();
  for (const project of store.projects)
    project.workflows = { '*': [...transitions, { id: '1', name: 'Back', from: 'any', to: 'Open', sets: { resolution: null } }] };
  return store;
}

/** `Closed, Won't Do, 1 comments`. */
export const state = (store: JiraStore, key = 'ERP-1') => {
  const { resolution, comments } = issueNamed(store, key);
  return `${statusOf(store, key).name}, ${resolution}, ${comments.length} comments`;
};

const lines = (requests: readonly FakeRequest[]) =>
  requests.map(({ method, path }) => `${method} ${path.replace(/\/rest\/api\/\d|\d{5,}/g, '')}`);

/** What was written, in order: `POST /issue//comment`. */
export const writes = (here: Site) => lines(here.fake.requests.filter(({ write }) => write));
