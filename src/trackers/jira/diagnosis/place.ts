import { z } from 'zod';
import { TrackerError } from '../../../errors.js';
import { cleanText } from '../../../model/text.js';
import type { Call } from '../../tracker.js';
import { isTypeCalled, lackingPermissions, NEEDED, type ProjectFacts, project, releases } from '../reading/project.js';
import type { JiraSettings } from '../settings.js';
import { understand, version } from '../transport/answers.js';
import type { Session } from '../transport/session.js';

/** The permissions that bugprune has a use for, by key. Source: Jira's REST documentation, `GET mypermissions`. */
export const PERMISSIONS: Readonly<Record<string, string>> = {
  BROWSE_PROJECTS: 'Browse Projects',
  ...NEEDED,
  RESOLVE_ISSUES: 'Resolve Issues',
};

/** A project with the names that are used in it. */
export interface Place {
  readonly key: string;
  readonly isArchived: boolean;
  readonly isServiceDesk: boolean;
  readonly releases: ProjectFacts['releases'];
  /** The names of all its issue types, as they are shown to us. */
  readonly types: readonly string[];
  /** Those that the settings call bugs. */
  readonly bugTypes: readonly string[];
  /** The names of the settings that one of its types has, if only in English. */
  readonly wantedTypes: readonly string[];
  readonly versions: readonly { readonly name: string; readonly isOver: boolean }[];
  /** The keys of the permissions that we lack. */
  readonly lacking: readonly string[];
}

/** The projects of the settings, as far as they could be read. */
export interface Survey {
  readonly places: readonly Place[];
  /** Whether none is missing: then a name that none of them has does not exist. */
  readonly complete: boolean;
}

const versions = z.array(version);
const projectWithVersions = project.extend({ versions: versions.nullish() });

/** Reads one project by key. Throws `not-found` for one that we may not see. */
export async function readPlace(session: Session, { bugs }: JiraSettings, key: string, call: Call): Promise<Place> {
  const answer = await session.api.read({ path: `/project/${key}` }, call).catch((error: unknown) => {
    throw error instanceof TrackerError && error.kind === 'not-found' ? notSeen(key, session) : error;
  });
  const found = understand(projectWithVersions, answer, `project ${key}`);
  const types = (found.issueTypes ?? []).map((type) => ({ ...type, name: cleanText(type.name) }));
  const planned = found.versions ?? (await readVersions(session, found.key, call));
  return {
    key: found.key,
    isArchived: found.archived === true,
    isServiceDesk: found.projectTypeKey === 'service_desk',
    releases: await releases(session, { ...found, versions: planned }, call),
    types: types.map(({ name }) => name),
    bugTypes: types.filter((type) => isTypeCalled(type, bugs.types)).map(({ name }) => name),
    wantedTypes: bugs.types.filter((name) => types.some((type) => isTypeCalled(type, [name]))),
    versions: planned.map(({ name, released, archived }) => ({
      name: cleanText(name),
      isOver: released === true || archived === true,
    })),
    lacking: await lackingPermissions(session, found.key, PERMISSIONS, call),
  };
}

/** Some servers leave the versions out of the project. */
async function readVersions({ api }: Session, key: string, call: Call): Promise<z.output<typeof versions>> {
  return understand(versions, await api.read({ path: `/project/${key}/versions` }, call), `the versions of ${key}`);
}

function notSeen(key: string, { self }: Session): TrackerError {
  return new TrackerError(
    'not-found',
    `${key}: there is no such project, or ${self.name} may not see it; Jira does not tell which.`,
    {
      hint: `Correct projects, or ask an administrator of ${key} for the permission ${PERMISSIONS.BROWSE_PROJECTS}.`,
    },
  );
}
