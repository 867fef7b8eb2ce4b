import { appendFileSync, copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { inProcess } from './in-process.js';
import { emptyFolder, type Outcome } from './program.js';

const STORED = fileURLToPath(new URL('../golden/v1/', import.meta.url));
const NOW = '2026-11-22T09:00:00Z';
const CONFIG = ['--config', 'config.yaml'];

/** A document as it was stored when version 1 was made. */
export const stored = (name: string): unknown => JSON.parse(storedText(name));

/** The text of a stored file. */
export const storedText = (name: string): string => readFileSync(join(STORED, name), 'utf8');

/** A folder with the backlog that the stored documents are about, and the program in it. */
export function aDesk() {
  const cwd = emptyFolder();
  for (const name of ['backlog.ndjson', 'history.ndjson', 'config.yaml', 'reviewed.json'])
    copyFileSync(join(STORED, name), join(cwd, name));
  const run = async (args: readonly string[], now = NOW): Promise<Outcome> => inProcess([...args, '--now', now], { cwd });
  return { cwd, run };
}

/** Every kind of JSON that the program prints or writes, made today of the same input, by the name that its stored one has. */
export async function madeToday(): Promise<ReadonlyMap<string, unknown>> {
  const { cwd, run } = aDesk();
  const json = async (args: readonly string[], now?: string) =>
    JSON.parse((await run([...args, '--json'], now)).stdout) as unknown;
  const documents = new Map<string, unknown>();
  documents.set('report.json', await json(CONFIG));
  documents.set('agenda.json', await json(['--format', 'agenda', ...CONFIG]));
  documents.set('explanation.json', await json(['explain', 'acme/app#1953', ...CONFIG]));
  documents.set(
    'backtest.json',
    await json(['backtest', 'history.ndjson', '--from', '2025-05-22', '--every', '3mo', '--vary', 'untargetedFor=6w,26w']),
  );
  documents.set('pruned.json', await json(['prune', 'reviewed.json', '--yes', ...CONFIG]));
  documents.set('undo.json', await json(['undo', '--yes', ...CONFIG], '2026-11-23T09:00:00Z'));
  await run(['prune', '--yes', ...CONFIG], '2026-11-24T09:00:00Z');
  documents.set('history.json', await json(['history', '--outcomes', ...CONFIG], '2026-11-25T09:00:00Z'));
  documents.set('journal.json', journalsIn(join(cwd, '.bugprune')));
  return documents;
}

/** All lines of all journals, oldest first. */
function journalsIn(folder: string): unknown[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.jsonl'));
  return files.toSorted().flatMap((name) =>
    readFileSync(join(folder, name), 'utf8')
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line)),
  );
}

/** Puts the stored journals where runs keep theirs: a file for each run, of the very same lines. */
export function keepJournals(cwd: string): void {
  const folder = join(cwd, '.bugprune', 'runs');
  mkdirSync(folder, { recursive: true });
  let run = '';
  for (const line of z.array(z.record(z.string(), z.unknown())).parse(stored('journal.json'))) {
    if (line.line === 'run') run = String(line.run);
    appendFileSync(join(folder, `${run}.jsonl`), `${JSON.stringify(line)}\n`);
  }
}
