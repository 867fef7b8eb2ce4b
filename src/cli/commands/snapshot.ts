import { resolve } from 'node:path';
import { BugpruneError } from '../../errors.js';
import { forJson } from '../../report/escape.js';
import { type Snapshot, snapshot } from '../../use-cases/snapshot/snapshot.js';
import type { Shell } from '../io.js';
import { checkTarget } from '../outputs.js';
import { type CommonOptions, openSession } from '../session.js';
import { tell } from '../tell.js';

export type SnapshotOptions = CommonOptions & { readonly output: string; readonly all?: boolean };

/** `bugprune snapshot`: a backlog, histories included, in a file that every command takes as a source. */
export async function snapshotCommand(sources: readonly string[], options: SnapshotOptions, io: Shell): Promise<number> {
  const { output, all = false } = options;
  checkTarget(output, io.cwd);
  const { config, world, progress } = await openSession(sources, options, io);
  const taking = snapshot(config, resolve(io.cwd, output), world, { all, shown: output });
  const taken = await taking.catch((error: unknown) => {
    progress.done();
    // Whatever ends here with Ctrl-C says so by itself, and no more.
    if (error instanceof BugpruneError && error.code === 'interrupted' && error.hint) tell(error.hint, io);
    throw error;
  });
  progress.done();
  if (options.json) io.out.write(`${forJson(JSON.stringify({ kind: 'snapshot', file: output, ...taken }, null, 2))}\n`);
  else tell(`${output}: ${inWords(taken)}. Next: bugprune ${all ? 'backtest' : 'report'} ${output}`, io);
  return 0;
}

/** `412 open and 9120 closed bugs of github:acme/app (132 histories read, 9400 taken over)`. */
function inWords({ scope, open, closed, bugs, source, histories, unchanged }: Snapshot): string {
  const found = scope === 'all' ? `${open} open and ${closed} closed bugs` : `${bugs} open bugs`;
  const cost = [histories > 0 ? `${histories} histories read` : '', unchanged > 0 ? `${unchanged} taken over` : ''];
  const told = cost.filter(Boolean).join(', ');
  return `${found} of ${source}${told ? ` (${told})` : ''}`;
}
