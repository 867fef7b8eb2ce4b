import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives a run of the tests a temporary folder of its own, and takes it away when all is over: thousands of folders are made in it. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'bugprune-'));
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
