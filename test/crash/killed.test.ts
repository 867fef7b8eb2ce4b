import { describe } from 'vitest';
import { file } from './given/file.js';
import { github } from './given/github.js';
import { endAtEachLine, killAtEachChange } from './given/kills.js';

describe('a snapshot', async () => {
  await endAtEachLine(file, 'killed');
  await killAtEachChange(file, { closing: 4, undoing: 4 });
});

describe('GitHub with a label', () => endAtEachLine(github('ntbf'), 'killed'));
