import { github } from './given/github.js';
import { endAtEachLine } from './given/kills.js';

await endAtEachLine(github('ntbf'), 'killed');
