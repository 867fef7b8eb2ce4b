import type { TrackerDescriptor } from '../tracker.js';
import { recognizeGithub } from './recognize.js';
import { type GithubSettings, githubSettings } from './settings.js';

/** GitHub: github.com, its data-residency hosts and GitHub Enterprise Server. */
export const githubDescriptor: TrackerDescriptor<GithubSettings> = {
  type: 'github',
  settings: githubSettings,
  recognize: recognizeGithub,
  async open(settings, env) {
    const { openGithub } = await import('./open.js');
    return openGithub(settings, env);
  },
};
