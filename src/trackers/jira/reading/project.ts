import { z } from 'zod';
import { TrackerError } from '../../../errors.js';
import { foldName } from '../../../model/text.js';
import type { Call } from '../../tracker.js';
import type { JiraSettings } from '../settings.js';
import { understand } from '../transport/answers.js';
import type { Api } from '../transport/api.js';
import type { Session } from '../transport/session.js';

/** What a project says about all bugs in it. */
export interface ProjectFacts {
  readonly id: string;
  readonly key: string;
  /** `planned`: the fix versions of a bug mean something. Else what its targets are. */
  readonly releases: 'planned' | 'unplanned' | 'unreadable';
  /** Why none of its bugs could be closed by us; null when nothing speaks against it. */
  readonly obstacle: string | null;
  readonly serviceDesk: boolean;
  /** The ids of the issue types that are bugs: names are translated, ids are not. */
  readonly bugTypes: ReadonlySet<string>;
  /** The names of all its issue types. */
  readonly typeNames: readonly string[];
}

const id = z.union([z.string(), z.number().transform(String)]);

/** A project as far as we read it. */
export const project = z.object({
  id,
  key: z.string(),
  projectTypeKey: z.string().nullish(),
  style: z.string().nullish(),
  simplified: z.boolean().nullish(),
  archived: z.boolean().nullish(),
  issueTypes: z.array(z.object({ id, name: z.string(), untranslatedName: z.string().nullish() })).nullish(),
  versions: z.array(z.unknown()).nullish(),
});

type Project = z.output<typeof project>;

/** Reads the facts about a project by key. Throws `not-found` for one that we may not see. */
export async function readProject(session: Session, settings: JiraSettings, key: string, call: Call): Promise<ProjectFacts> {
  const { api } = session;
  const found = understand(project, await api.read({ path: `/project/${key}` }, call), `project ${key}`);
  const types = found.issueTypes ?? [];
  return {
    id: found.id,
    key: found.key,
    releases: await releases(session, found, call),
    obstacle: projectObstacle(found, settings) ?? (await missingPermission(session, found.key, call)),
    serviceDesk: found.projectTypeKey === 'service_desk',
    bugTypes: new Set(types.filter((type) => isTypeCalled(type, settings.bugs.types)).map((type) => type.id)),
    typeNames: types.map(({ name }) => name),
  };
}

/** Whether an issue type has one of the names, as it is shown to us or in English. */
export function isTypeCalled(
  { name, untranslatedName }: { readonly name: string; readonly untranslatedName?: string | null | undefined },
  wanted: readonly string[],
): boolean {
  const names = [name, untranslatedName ?? name].map(foldName);
  return wanted.some((candidate) => names.includes(foldName(candidate)));
}

/** Without a single version, or with releases switched off, every bug would look as if nobody had planned it. */
export async function releases({ api, flavour }: Session, found: Project, call: Call): Promise<ProjectFacts['releases']> {
  if (!(await hasVersions(api, found, call))) return 'unplanned';
  const switchable = flavour === 'cloud' && (found.simplified === true || found.style === 'next-gen');
  return switchable ? releasesFeature(api, found.key, call) : 'planned';
}

const versionPage = z.object({ values: z.array(z.unknown()), total: z.number().nullish() });

async function hasVersions(api: Api, { key, versions }: Project, call: Call): Promise<boolean> {
  if (versions) return versions.length > 0;
  const answer = await api.read({ path: `/project/${key}/version`, query: { maxResults: '1' } }, call);
  const page = understand(versionPage, answer, `the versions of ${key}`);
  return page.values.length > 0 || (page.total ?? 0) > 0;
}

const features = z.object({ features: z.array(z.object({ feature: z.string().nullish(), state: z.string().nullish() })) });

/** Team-managed projects can switch releases off; the field lives on where nobody sees it. Source: `GET project/{key}/features`. */
async function releasesFeature(api: Api, key: string, call: Call): Promise<ProjectFacts['releases']> {
  const answer = await api.read({ path: `/project/${key}/features` }, call).catch((error: unknown) => {
    if (error instanceof TrackerError && error.kind !== 'auth') return null;
    throw error;
  });
  const { data } = features.safeParse(answer?.body);
  const feature = data?.features.find((candidate) => candidate.feature === 'jsw.agility.releases');
  if (!feature) return 'unreadable';
  return feature.state === 'ENABLED' ? 'planned' : 'unplanned';
}

function projectObstacle({ key, archived, projectTypeKey }: Project, settings: JiraSettings): string | null {
  if (archived) return `the project ${key} is archived, so nothing in it can be changed`;
  if (projectTypeKey === 'service_desk' && settings.serviceDesk === 'refuse') {
    return `${key} is a service project, where a comment is mailed to the customer (serviceDesk: internal or public allows it)`;
  }
  return null;
}

/** What closing takes. Editing, because our marker is a property of the issue. Source: Jira's REST documentation. */
export const NEEDED: Readonly<Record<string, string>> = {
  ADD_COMMENTS: 'Add Comments',
  TRANSITION_ISSUES: 'Transition Issues',
  EDIT_ISSUES: 'Edit Issues',
};

const myPermissions = z.object({ permissions: z.record(z.string(), z.object({ havePermission: z.boolean().nullish() })) });

/** Those of some permissions that we lack in a project. One that the server does not know is none of them. */
export async function lackingPermissions(
  { api, flavour }: Session,
  key: string,
  wanted: Readonly<Record<string, string>>,
  call: Call,
): Promise<string[]> {
  // Cloud demands the list, Data Center does not know it and answers them all.
  const query = { projectKey: key, ...(flavour === 'cloud' ? { permissions: Object.keys(wanted).join(',') } : {}) };
  const answer = await api.read({ path: '/mypermissions', query }, call);
  const { permissions } = understand(myPermissions, answer, `our permissions in ${key}`);
  return Object.keys(wanted).filter((name) => permissions[name]?.havePermission === false);
}

async function missingPermission(session: Session, key: string, call: Call): Promise<string | null> {
  const missing = await lackingPermissions(session, key, NEEDED, call);
  if (missing.length === 0) return null;
  return `${session.self.name} lacks the permission ${missing.map((name) => NEEDED[name]).join(', ')} in ${key}`;
}
