import { jira } from './given/jira.js';
import { endAtEachLine, endAtEachWrite } from './given/kills.js';

await endAtEachLine(jira('cloud'), 'frozen');
await endAtEachWrite(jira('cloud'));
