import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { addProject } from './builders.js';
import { loadIssue, loadStatus } from './load-issue.js';
import type { Workflow } from './model.js';
import { rawIssue, rawProject, rawStatus } from './raw.js';
import { emptyStore, findProject, type JiraStore } from './store.js';

const path = (file: string): string => fileURLToPath(new URL(`../../../../shared/data/${file}.json.gz`, import.meta.url));
const ALOY = path('jira-server-aloy');
const LOCALISED = path('jira-cloud-localised');

/** Whether the data is there, for `skipIf`: it is no part of the repository. */
export const aloyPresent = existsSync(ALOY);
export const localisedPresent = existsSync(LOCALISED);

function read(file: string): unknown {
  return JSON.parse(gunzipSync(readFileSync(file)).toString());
}

/** A site without anything that comes with the data, but with the people who ask. */
function bareStore(now: string): JiraStore {
  const at = Date.parse(now);
  return { ...emptyStore(() => at), types: [], priorities: [], statuses: [], resolutions: [] };
}

/**
 * The project ALOY of a real Jira Server: 1,499 issues as of 2021-12-02, which is also what the store's clock says. There is no
 * history, comments are empty, and the file holds fewer comments than the issues had. The workflow is Jira's own.
 */
export function loadAloy(): JiraStore {
  const store = bareStore('2021-12-02T00:00:00Z');
  addProject(store, { id: '11113', key: 'ALOY', name: 'Alloy' });
  for (const issue of z.array(rawIssue).parse(read(ALOY))) loadIssue(store, issue);
  store.priorities.sort((a, b) => Number(a.id) - Number(b.id));
  return store;
}

const localisedFile = z.object({ issues: z.array(rawIssue), status: z.array(rawStatus), projects: z.array(rawProject) });

/**
 * Issues of a real Cloud site in Chinese, with their histories. Three things in the data are odd. Within issues, five statuses
 * of category 3 say `key: "new"`: the list of statuses is right, and answers follow it. Version names in history are those of
 * then, not of now. Some statuses in history have been deleted and stand in no list. The histories that the file keeps apart
 * belong to no issue in it and are left out. The category of finished work is called 完成, as the issues call it.
 */
export function loadLocalised(): JiraStore {
  const file = localisedFile.parse(read(LOCALISED));
  const store = bareStore('2022-12-01T00:00:00Z');
  store.categoryNames = { new: '新建', indeterminate: '处理中', done: '完成' };
  for (const { id, key, name, style, projectTypeKey } of [...file.projects, ...file.issues.map(({ fields }) => fields.project)]) {
    if (findProject(store, key)) continue;
    addProject(store, { id, key, name, type: projectTypeKey ?? 'software', style: style ?? 'classic', workflows: {} });
  }
  for (const status of file.status) loadStatus(store, status);
  for (const issue of file.issues) loadIssue(store, issue);
  for (const project of store.projects) project.workflows = { '*': localisedWorkflow(store) };
  return store;
}

/** The file has no workflows: to every shared status from every other, with the resolution on the screen where work is finished. */
function localisedWorkflow(store: JiraStore): Workflow {
  return store.statuses
    .filter(({ project }) => project === undefined)
    .map(({ id, name, category }) => ({
      id,
      name,
      from: 'any',
      to: name,
      ...(category === 'done' ? { screenFields: { resolution: { required: true } } } : { sets: { resolution: null } }),
    }));
}
