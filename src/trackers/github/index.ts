import type { TrackerDescriptor } from '../tracker.js';
import { recognizeGithub } from './recognize.js';
import { type GithubSettings, githubSettings } from './settings.js';
import { usualCredentials } from './token.js';

/** GitHub: github.com, its data-residency hosts and GitHub Enterprise Server. */
export const githubDescriptor: TrackerDescriptor<GithubSettings> = {
  type: 'github',
  settings: githubSettings,
  recognize: recognizeGithub,
  usualCredentials,
  async open(settings, env) {
    const { openGithub } = await import('./open.js');
    return openGithub(settings, env);
  },
};
