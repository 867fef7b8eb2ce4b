import { jira } from './given/jira.js';
import { endAtEachLine } from './given/kills.js';

await endAtEachLine(jira('datacenter'), 'frozen');
