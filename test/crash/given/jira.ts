import {
  addIssue,
  createStore,
  type FakeHistory,
  type FakeIssue,
  type FakeTransition,
  type JiraFlavour,
  type JiraStore,
  person,
  startJira,
  statusOf,
} from '../../fakes/jira/index.js';
import { withoutIds } from './look.js';
import type { Kind } from './place.js';

const OLD = '2025-01-01T00:00:00Z';

const ENV: Record<JiraFlavour, Record<string, string>> = {
  cloud: { JIRA_EMAIL: 'lead@example.test', JIRA_API_TOKEN: 'test-token' },
  datacenter: { JIRA_TOKEN: 'test-token' },
};

/**
 * Jira with two workflows. That of bugs wants the comment inside the transition that closes; that of defects leaves the resolution
 * alone on the way back. `ERP-2`, a defect, is open with a resolution from an earlier life; `ERP-3` is planned, and `ERP-4` is young.
 */
export function jira(flavour: JiraFlavour): Kind {
  return {
    name: flavour === 'cloud' ? 'Jira Cloud' : 'Jira Data Center',
    us: 'lead',
    closes: ['ERP-1', 'ERP-2'],
    repeats: ['ERP-1'],
    async open({ line, clock }) {
      const store = erp();
      const fake = await startJira({ flavour, store, fault: line.fault, now: clock.now });
      const bugs = { types: ['Bug', 'Defect'] };
      return {
        tracker: { type: 'jira', url: fake.url, projects: ['ERP'], pace: '0s', bugs },
        env: ENV[flavour],
        look: () => withoutIds(Object.fromEntries([...store.issues.values()].map((issue) => lookAt(store, issue)))),
        violations: () => fake.violations,
        close: fake.close,
      };
    },
  };
}

function erp(): JiraStore {
  const store = createStore();
  store.types.push({ id: '10009', name: 'Defect', subtask: false });
  for (const project of store.projects) {
    project.issueTypes = store.types.map(({ name }) => name);
    project.resolutionEditable = true;
    project.workflows = { '*': [END_WITH_COMMENT, BACK], Defect: [END, BACK_WITHOUT_A_WORD] };
  }
  addIssue(store, { summary: 'Old', created: OLD, labels: ['ux'] });
  addIssue(store, { summary: 'Old too', created: OLD, type: 'Defect', status: 'In Progress', resolution: 'Fixed' });
  person(store, 'bob', '2025-02-01T00:00:00Z').comment('ERP-2', 'It still happens.');
  person(store, 'bob', '2025-02-02T00:00:00Z').transition('ERP-2', 'Open');
  addIssue(store, { summary: 'Planned', created: OLD, fixVersions: ['2.0'] });
  addIssue(store, { summary: 'Young', created: '2026-11-20T00:00:00Z' });
  return store;
}

const END: FakeTransition = { id: '9', name: 'End', from: 'any', to: 'Closed', screenFields: { resolution: {} } };
const END_WITH_COMMENT: FakeTransition = { ...END, validators: [{ requires: 'comment' }] };
const BACK: FakeTransition = { id: '1', name: 'Back', from: 'any', to: 'Open', sets: { resolution: null } };
const BACK_WITHOUT_A_WORD: FakeTransition = { id: '1', name: 'Back', from: 'any', to: 'Open' };

function lookAt(store: JiraStore, issue: FakeIssue) {
  const { key, summary, description, type, priority, resolution, labels, fixVersionIds, assignee, comments, properties } = issue;
  const status = statusOf(store, key).name;
  const fields = { status, resolution, labels, fixVersionIds, assignee, summary, description, type, priority };
  const said = comments.map(({ author, body }) => ({ by: author ?? '', text: JSON.stringify(body) }));
  const happened = issue.histories.flatMap(({ author, items }) => items.map((item) => `${author}: ${inWords(item)}`));
  const hidden = [...properties].map(([name, value]) => [name, withoutTraces(value, comments)]);
  return [key, { fields, said, happened, hidden }] as const;
}

function inWords({ field, fromString, toString: to }: FakeHistory['items'][number]): string {
  return `${field}: ${fromString} → ${to}`;
}

/** Our marks hold a time and ids of comments, which depend on what else has happened on the site. */
function withoutTraces(value: unknown, comments: FakeIssue['comments']): unknown {
  if (!Array.isArray(value)) return value;
  const place = (id: unknown) => comments.findIndex((comment) => comment.id === id);
  return value.map(({ at: _, after: __, comment, ...mark }) => ({ ...mark, ...(comment && { comment: place(comment) }) }));
}
