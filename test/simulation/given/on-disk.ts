import { appendFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStateFolder } from '../../../src/journal/folder.js';
import { emptyFolder } from '../../e2e/program.js';
import type { Drawer } from './drawer.js';

/** Journals where the program keeps them, in a folder of their own. */
export function onDisk(): Drawer {
  const path = emptyFolder();
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  const journals = join(path, 'runs');
  return {
    folder: openStateFolder(path, (text) => text),
    async tear() {
      const last = (await readdir(journals)).toSorted().at(-1);
      if (last !== undefined) await appendFile(join(journals, last), '{"line":"resu');
    },
    lose: () => rm(path, { recursive: true, force: true }),
  };
}
