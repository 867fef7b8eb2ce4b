import { CATEGORY_IDS, type Permission } from '../model.js';
import { categoryJson, issueTypeJson, namedJson, statusJson, userJson } from '../render/things.js';
import { type Answer, ok, refuse } from '../request.js';
import { answerZone, may, type Session, visibleIssue, visibleProject, visibleProjects } from '../session.js';
import { jiraTimestamp } from '../time.js';

/** Anyone may ask. */
export function serverInfo(session: Session): Answer {
  const { site, store, now, flavour } = session;
  const version = flavour === 'cloud' ? [1001, 0, 0] : [10, 3, 24];
  return ok({
    baseUrl: site,
    version: flavour === 'cloud' ? '1001.0.0-SNAPSHOT' : version.join('.'),
    versionNumbers: version,
    deploymentType: flavour === 'cloud' ? 'Cloud' : 'Server',
    buildNumber: flavour === 'cloud' ? 100_300 : 10_030_024,
    serverTime: jiraTimestamp(now, answerZone(session)),
    serverTitle: store.title,
  });
}

/** The one endpoint that says 401 to credentials that were not accepted. */
export function myself(session: Session): Answer {
  const { viewer, flavour } = session;
  if (viewer) return ok({ ...userJson(session, viewer), emailAddress: viewer.email, locale: 'en_GB' });
  if (flavour === 'cloud') {
    return { status: 401, body: { message: 'Client must be authenticated to access this resource.', 'status-code': 401 } };
  }
  return refuse(401, 'You are not authenticated. Authentication required to perform this operation.');
}

const PERMISSIONS: Record<string, { id: string; name: string; needs?: Permission }> = {
  BROWSE_PROJECTS: { id: '10', name: 'Browse Projects', needs: 'BROWSE_PROJECTS' },
  CREATE_ISSUES: { id: '11', name: 'Create Issues' },
  EDIT_ISSUES: { id: '12', name: 'Edit Issues', needs: 'EDIT_ISSUES' },
  ASSIGN_ISSUES: { id: '13', name: 'Assign Issues' },
  RESOLVE_ISSUES: { id: '14', name: 'Resolve Issues', needs: 'RESOLVE_ISSUES' },
  ADD_COMMENTS: { id: '15', name: 'Add Comments', needs: 'ADD_COMMENTS' },
  CLOSE_ISSUES: { id: '18', name: 'Close Issues' },
  TRANSITION_ISSUES: { id: '46', name: 'Transition Issues', needs: 'TRANSITION_ISSUES' },
  ADMINISTER_PROJECTS: { id: '23', name: 'Administer Projects' },
};

/** Cloud wants to be told which permissions; Data Center ignores that and gives all. */
export function myPermissions(session: Session): Answer {
  const { query } = session.request;
  const key = query.get('projectKey') ?? query.get('projectId');
  const issueKey = query.get('issueKey') ?? query.get('issueId');
  const project = key === null ? undefined : visibleProject(session, key);
  if (key !== null && !project) return refuse(404, `No project could be found with key '${key}'.`);
  const issue = issueKey === null ? undefined : visibleIssue(session, issueKey);
  if (issueKey !== null && !issue) return refuse(404, 'Issue does not exist or you do not have permission to see it.');
  const asked = query.get('permissions')?.split(',');
  if (session.flavour === 'cloud') {
    if (!asked) return refuse(400, "The 'permissions' query parameter is required.");
    const unknown = asked.filter((name) => !PERMISSIONS[name]);
    if (unknown.length > 0) return refuse(400, `Unrecognized permission: ${unknown.join(', ')}`);
  }
  const projects = issue ? [issue.project] : project ? [project] : visibleProjects(session);
  const entries = Object.entries(PERMISSIONS).filter(([name]) => session.flavour === 'datacenter' || asked?.includes(name));
  const permissions = entries.map(([name, { needs, ...rest }]) => {
    const havePermission = projects.some((each) => (needs ? may(session, each, needs) : session.viewer !== null));
    return [name, { ...rest, key: name, type: 'PROJECT', description: '', havePermission }];
  });
  return ok({ permissions: Object.fromEntries(permissions) });
}

export function statuses(session: Session): Answer {
  return ok(session.store.statuses.map((status) => statusJson(session, status)));
}

export function statusCategories(session: Session): Answer {
  const none = { id: 1, key: 'undefined', colorName: 'medium-gray', name: 'No Category' };
  const known = (['new', 'indeterminate', 'done'] as const).toSorted((a, b) => CATEGORY_IDS[a] - CATEGORY_IDS[b]);
  return ok([none, ...known.map((key) => categoryJson(session, key))]);
}

export function resolutions(session: Session): Answer {
  return ok(session.store.resolutions.map((entry) => ({ ...namedJson(session, 'resolution', entry), description: '' })));
}

export function priorities(session: Session): Answer {
  return ok(session.store.priorities.map((entry) => ({ ...namedJson(session, 'priority', entry), statusColor: '#999999' })));
}

/** Only the types of projects that the viewer can see. */
export function issueTypes(session: Session): Answer {
  const used = new Set(visibleProjects(session).flatMap((project) => project.issueTypes));
  return ok(session.store.types.filter(({ name }) => used.has(name)).map((type) => issueTypeJson(session, type)));
}

const SYSTEM_FIELDS: Record<string, [name: string, type: string, ...clauses: string[]]> = {
  summary: ['Summary', 'string', 'summary'],
  description: ['Description', 'string', 'description'],
  issuetype: ['Issue Type', 'issuetype', 'issuetype', 'type'],
  project: ['Project', 'project', 'project'],
  status: ['Status', 'status', 'status'],
  resolution: ['Resolution', 'resolution', 'resolution'],
  priority: ['Priority', 'priority', 'priority'],
  labels: ['Labels', 'array', 'labels'],
  components: ['Components', 'array', 'component'],
  fixVersions: ['Fix versions', 'array', 'fixVersion'],
  versions: ['Affects versions', 'array', 'affectedVersion'],
  assignee: ['Assignee', 'user', 'assignee'],
  reporter: ['Reporter', 'user', 'reporter'],
  creator: ['Creator', 'user', 'creator'],
  created: ['Created', 'datetime', 'created', 'createdDate'],
  updated: ['Updated', 'datetime', 'updated', 'updatedDate'],
  duedate: ['Due date', 'date', 'due', 'duedate'],
  votes: ['Votes', 'votes', 'votes'],
  issuelinks: ['Linked Issues', 'array'],
  subtasks: ['Sub-tasks', 'array'],
  comment: ['Comment', 'comments-page', 'comment'],
  security: ['Security Level', 'securitylevel', 'level'],
};

/** The system fields, and the custom fields of the store. */
export function fields({ flavour, store }: Session): Answer {
  const keyed = (id: string): object => (flavour === 'cloud' ? { id, key: id } : { id });
  const flags = { orderable: true, navigable: true, searchable: true };
  const system = Object.entries(SYSTEM_FIELDS).map(([id, [name, type, ...clauseNames]]) => {
    const schema = type === 'array' ? { type, items: 'string', system: id } : { type, system: id };
    return { ...keyed(id), name, custom: false, ...flags, clauseNames, schema };
  });
  const custom = store.customFields.map(({ id, name, type, custom: kind }) => {
    const customId = Number(id.replace('customfield_', ''));
    const schema = { type, ...(type === 'array' && { items: 'json' }), custom: kind, customId };
    return { ...keyed(id), name, custom: true, ...flags, clauseNames: [`cf[${customId}]`, name], schema };
  });
  return ok([...system, ...custom]);
}
