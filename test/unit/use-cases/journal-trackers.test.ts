import { describe, expect, test } from 'vitest';
import type { Config } from '../../../src/config/load.js';
import type { RunHeader } from '../../../src/journal/document.js';
import { snapshotHeader } from '../../../src/trackers/file/format.js';
import type { World } from '../../../src/use-cases/collect.js';
import { openRecorded } from '../../../src/use-cases/journal-trackers.js';
import { aFolder, failure, load } from '../config/given.js';
import { aHeader, RUN } from '../journal/given.js';
import { aWorld } from './given.js';

const NOW = '2026-11-22T09:00:00Z';
const SNAPSHOT = JSON.stringify(snapshotHeader({ source: 'github:acme/app', takenAt: NOW, account: 'octocat' }));

const world = (variables: World['variables'] = {}) => aWorld({ variables });

/** A header with one tracker, `app`, of these settings. */
const recorded = (settings: RunHeader['trackers'][number]['settings']): RunHeader =>
  aHeader({ trackers: [{ name: 'app', settings, open: 1 }] });

/** A folder with a snapshot, and this configuration, if any. */
async function configured(content?: unknown): Promise<Config> {
  const folder = await aFolder({ 'backlog.ndjson': `${SNAPSHOT}\n`, ...(content !== undefined && { '.bugprunerc': content }) });
  return load(folder, { mayLackTrackers: true });
}

test('a tracker is opened as the run had it, whatever is configured today', async () => {
  const header = recorded({ type: 'file', path: 'backlog.ndjson' });
  const today = await configured({ trackers: { app: { type: 'file', path: 'other.ndjson' } } });
  expect((await openRecorded(header, 'app', today, world())).id).toBe('file:backlog.ndjson');
  expect((await openRecorded(header, 'app', await configured(), world())).id).toBe('file:backlog.ndjson');
});

describe('what the journal says is checked:', () => {
  const refused = async (header: RunHeader, name = 'app') =>
    await failure(openRecorded(header, name, await configured(), world()));

  test('a tracker that it does not know', async () => {
    expect(await refused(recorded({ type: 'file', path: 'backlog.ndjson' }), 'lib')).toMatchObject({
      code: 'usage',
      message: `The journal of run ${RUN} speaks of a tracker "lib" and has no settings for it.`,
    });
  });

  test('a type that the configuration does not know', async () => {
    expect(await refused(recorded({ type: 'my-tracker' }))).toMatchObject({
      code: 'config',
      message: `Run ${RUN} was made on app, a tracker of the type "my-tracker", which is not known here.`,
      hint: expect.stringContaining('--config FILE'),
    });
  });

  test('settings that somebody has edited', async () => {
    const { code, message } = await refused(
      recorded({ type: 'github', repos: ['app'], url: 'http://evil.example.com', extra: 1 }),
    );
    expect(code).toBe('usage');
    expect(message.split('\n').slice(1)).toEqual([
      expect.stringContaining('url: expected an https URL'),
      expect.stringContaining('repos[0]: expected a repository as owner/name'),
      expect.stringContaining('unknown key "extra"'),
    ]);
  });

  test('a tracker that is not there any more', async () => {
    expect(await refused(recorded({ type: 'file', path: 'gone.ndjson' }))).toMatchObject({
      code: 'credentials',
      kind: 'not-found',
    });
  });
});

test('what the configuration sends to one site does not go to another because a journal says so', async () => {
  const today = await configured({ trackers: { mine: { type: 'jira', url: 'https://acme.atlassian.net', projects: ['ERP'] } } });
  const header = recorded({ type: 'jira', url: 'https://elsewhere.example.com', projects: ['ERP'] });
  const variables = { JIRA_EMAIL: 'octocat@example.com', JIRA_API_TOKEN: 'secret' };
  expect(await failure(openRecorded(header, 'app', today, world(variables)))).toMatchObject({
    code: 'config',
    message: expect.stringMatching(
      /would be sent to two sites: by mine to acme\.atlassian\.net, by app to elsewhere\.example\.com/,
    ),
  });
});
