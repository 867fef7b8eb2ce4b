import { jira } from './given/jira.js';
import { endAtEachLine, endAtEachWrite } from './given/kills.js';

await endAtEachLine(jira('datacenter'), 'frozen');
await endAtEachWrite(jira('datacenter'));
