import type { FakeProject } from '../model.js';
import { fullProjectJson, issueTypeJson, statusJson, versionJson } from '../render/things.js';
import { type Answer, ok, refuse } from '../request.js';
import { pageLength, type Session, self, visibleProject } from '../session.js';
import { byName, statusNamed } from '../store.js';
import { workflowOf } from '../workflow.js';

type Handler = (session: Session, project: FakeProject) => Answer;

/** A handler below `/project/{idOrKey}`. Hidden projects are not found, like those that do not exist. */
function below(handler: Handler): (session: Session, key: string) => Answer {
  return (session, key) => {
    const project = visibleProject(session, key);
    return project ? handler(session, project) : refuse(404, `No project could be found with key '${key}'.`);
  };
}

export const project = below((session, found) => ok(fullProjectJson(session, found)));

/** All of them, unpaged. */
export const versions = below((session, found) => ok(versionsJson(session, found)));

export const versionPage = below((session, found) => {
  const { query } = session.request;
  const startAt = Number(query.get('startAt') ?? 0);
  const maxResults = pageLength(session, query.get('maxResults'), 50, 50);
  const all = versionsJson(session, found);
  const values = all.slice(startAt, startAt + maxResults);
  const isLast = startAt + values.length >= all.length;
  return ok({ self: self(session, `project/${found.key}/version`), startAt, maxResults, total: all.length, isLast, values });
});

function versionsJson(session: Session, { id, versions: list }: FakeProject): object[] {
  return list.map((version) => ({ ...versionJson(session, version), projectId: Number(id) }));
}

/** Team-managed projects can switch releases off; others have no such switch. */
export const features = below((_, { id, style, releasesEnabled }) => {
  const feature = (name: string, localisedName: string, on: boolean): object => ({
    projectId: Number(id),
    state: on ? 'ENABLED' : 'DISABLED',
    toggleLocked: false,
    feature: name,
    prerequisites: [],
    localisedName,
    localisedDescription: '',
    imageUri: '',
  });
  if (style === 'classic') return ok({ features: [feature('jsw.classic.roadmap', 'Roadmap', true)] });
  const board = feature('jsw.agility.board', 'Board', true);
  return ok({ features: [board, feature('jsw.agility.releases', 'Releases', releasesEnabled)] });
});

/** The statuses of each issue type's workflow. */
export const statuses = below((session, found) => {
  const { store } = session;
  return ok(
    found.issueTypes.map((name) => {
      const workflow = workflowOf(found, name);
      const names = new Set(workflow.flatMap(({ from, to }) => [...(from === 'any' ? [] : from), to]));
      const json = [...names].map((status) => statusJson(session, statusNamed(store, found.key, status)));
      return { ...pick(issueTypeJson(session, byName(store.types, name, 'issue type'))), statuses: json };
    }),
  );
});

/** This endpoint shows less of a type than others do. */
function pick(type: object): object {
  const shown = ['self', 'id', 'name', 'subtask'];
  return Object.fromEntries(Object.entries(type).filter(([key]) => shown.includes(key)));
}
