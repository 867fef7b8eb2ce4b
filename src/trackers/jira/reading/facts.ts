import { z } from 'zod';
import type { Call } from '../../tracker.js';
import type { JiraSettings } from '../settings.js';
import { type Resolution, resolution, statuses, understand } from '../transport/answers.js';
import { type Once, once } from '../transport/once.js';
import type { Session } from '../transport/session.js';
import { type StatusMap, statusMap } from './category.js';
import { type FurtherFields, furtherFields } from './further.js';
import { type ProjectFacts, readProject } from './project.js';

/** What is asked of a site once. */
export interface Facts {
  readonly session: Once<Session>;
  readonly statuses: Once<StatusMap>;
  readonly further: Once<FurtherFields>;
  /** The site's resolutions. */
  readonly resolutions: Once<readonly Resolution[]>;
  /** By key; throws `not-found` for a project that we may not see. */
  project(key: string, call: Call): Promise<ProjectFacts>;
}

const resolutionList = z.array(resolution);

/** The facts about a site. Nothing is asked yet. */
export function openFacts(settings: JiraSettings, session: Once<Session>): Facts {
  const projects = new Map<string, Once<ProjectFacts>>();
  return {
    session,
    statuses: once(async (call) => {
      const { api } = await session(call);
      return statusMap(understand(statuses, await api.read({ path: '/status' }, call), 'its statuses'));
    }),
    further: once(async (call) => furtherFields(settings.targets, (await session(call)).api, call)),
    resolutions: once(async (call) => {
      const { api } = await session(call);
      return understand(resolutionList, await api.read({ path: '/resolution' }, call), 'its resolutions');
    }),
    project(key, call) {
      const name = key.toUpperCase();
      const ask = projects.get(name) ?? once(async (first) => readProject(await session(first), settings, key, first));
      projects.set(name, ask);
      return ask(call);
    },
  };
}
