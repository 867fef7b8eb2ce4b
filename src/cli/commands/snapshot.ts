import { resolve } from 'node:path';
import { forJson } from '../../report/escape.js';
import { snapshot } from '../../snapshot.js';
import type { Shell } from '../io.js';
import { checkTarget } from '../outputs.js';
import { type CommonOptions, openSession } from '../session.js';

export type SnapshotOptions = CommonOptions & { readonly output: string };

/** `bugprune snapshot`: a backlog, histories included, in a file that every command takes as a source. */
export async function snapshotCommand(sources: readonly string[], options: SnapshotOptions, io: Shell): Promise<number> {
  checkTarget(options.output, io.cwd);
  const { config, world, progress } = await openSession(sources, options, io);
  const taken = await snapshot(config, resolve(io.cwd, options.output), world);
  progress.done();
  if (options.json) io.out.write(`${forJson(JSON.stringify({ kind: 'snapshot', file: options.output, ...taken }, null, 2))}\n`);
  else io.err.write(`${options.output}: ${taken.bugs} open bugs of ${taken.source}. Next: bugprune report ${options.output}\n`);
  return 0;
}
