import { expect, test, vi } from 'vitest';
import { githubDescriptor } from '../../../../src/trackers/github/index.js';
import { openTracker } from './world.js';

let loaded = false;

vi.mock('@octokit/rest', async (original) => {
  loaded = true;
  return await original();
});

test('octokit is loaded when a tracker is opened, and not before', async () => {
  const recognized = githubDescriptor.recognize('acme/app', { variables: {}, isFile: () => false });
  const settings = githubDescriptor.settings.parse(recognized?.settings);
  expect(githubDescriptor.usualCredentials?.(settings, { GITHUB_TOKEN: 'a' })).toMatchObject({ host: 'github.com' });
  expect(loaded).toBe(false);
  await openTracker('http://127.0.0.1:1');
  expect(loaded).toBe(true);
});
