import type { TrackerDescriptor } from '../tracker.js';
import { recognizeJira } from './recognize.js';
import { type JiraSettings, jiraSettings } from './settings.js';

/** Jira Cloud and Jira Data Center. */
export const jiraDescriptor: TrackerDescriptor<JiraSettings> = {
  type: 'jira',
  settings: jiraSettings,
  recognize: recognizeJira,
  usualCredentials: ({ url, token }) => (token ? null : { from: 'the JIRA_ variables', host: new URL(url).host }),
  async open(settings, env) {
    const { openJira } = await import('./open.js');
    return openJira(settings, env);
  },
};
