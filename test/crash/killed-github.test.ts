import { github } from './given/github.js';
import { endAtEachLine, endAtEachWrite } from './given/kills.js';

await endAtEachLine(github('ntbf'), 'killed');
await endAtEachWrite(github('ntbf'));
