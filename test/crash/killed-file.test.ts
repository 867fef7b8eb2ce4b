import { file } from './given/file.js';
import { endAtEachLine, killAtEachChange } from './given/kills.js';

await endAtEachLine(file, 'killed');
await killAtEachChange(file, { closing: 4, undoing: 4 });
