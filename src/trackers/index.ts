import { fileDescriptor } from './file/index.js';
import { githubDescriptor } from './github/index.js';
import { jiraDescriptor } from './jira/index.js';
import type { TrackerDescriptor } from './tracker.js';

/** The trackers that come with bugprune. Pasted sources are offered to them in this order. */
export const DESCRIPTORS: readonly TrackerDescriptor[] = [fileDescriptor, githubDescriptor, jiraDescriptor];
