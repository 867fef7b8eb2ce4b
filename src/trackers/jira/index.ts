import type { TrackerDescriptor } from '../tracker.js';
import { recognizeJira } from './recognize.js';
import { type JiraSettings, jiraSettings } from './settings.js';

/** Jira Cloud and Jira Data Center. */
export const jiraDescriptor: TrackerDescriptor<JiraSettings> = {
  type: 'jira',
  settings: jiraSettings,
  recognize: recognizeJira,
  usualCredentialsGoTo: ({ url, token }) => (token ? null : new URL(url).host),
  async open(settings, env) {
    const { openJira } = await import('./open.js');
    return openJira(settings, env);
  },
};
