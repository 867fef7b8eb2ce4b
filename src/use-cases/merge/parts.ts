import { BugpruneError } from '../../errors.js';
import type { Report } from '../../report/document.js';
import { partInWords } from '../../report/part.js';

/** A report as it was read, and the name of its file. */
export interface Part {
  readonly name: string;
  readonly report: Report;
}

/** The reports in an order that does not depend on that of their files. Throws `usage` for some that do not go together. */
export function partsInOrder(given: readonly Part[]): [Part, ...Part[]] {
  const [first, ...others] = given.toSorted((a, b) => indexOf(a) - indexOf(b));
  if (!first) throw new BugpruneError('usage', 'There is no report to merge.');
  refuseRun(first);
  for (const other of others) {
    refuseRun(other);
    refuseOtherPolicies(other, first);
  }
  refuseRepeated([first, ...others]);
  return [first, ...others];
}

const indexOf = ({ report }: Part): number => report.shard?.index ?? 0;

function refuseRun({ name, report: { mode, run } }: Part): void {
  if (mode === 'dry-run') return;
  throw new BugpruneError('usage', `${name} is of run ${run}, which has already been carried out; expected a dry run.`, {
    hint: 'Make a new one with: bugprune report -o report.json',
  });
}

function refuseOtherPolicies(one: Part, first: Part): void {
  if (one.report.policyDigest === first.report.policyDigest) return;
  throw new BugpruneError('usage', `${one.name} was made with other policies than ${first.name}.`, {
    hint: 'Make both with the same configuration.',
  });
}

const shardsOf = (parts: readonly Part[]) =>
  parts.flatMap(({ name, report: { shard } }) => (shard ? [{ name, shard, words: partInWords(shard) }] : []));

/** A part twice would be counted twice; parts of another division overlap, and nobody could say what is missing. */
function refuseRepeated(parts: readonly Part[]): void {
  const [first, ...others] = shardsOf(parts);
  if (!first) return;
  const names = new Map([[first.words, first.name]]);
  for (const { name, shard, words } of others) {
    if (shard.count !== first.shard.count) {
      throw new BugpruneError('usage', `${first.name} is ${first.words}, ${name} is ${words}: parts of two divisions overlap.`, {
        hint: 'Merge the parts of one division.',
      });
    }
    const same = names.get(words);
    if (same !== undefined) {
      throw new BugpruneError('usage', `${same} and ${name} are both ${words}.`, { hint: 'Leave one of them out.' });
    }
    names.set(words, name);
  }
}

/** The parts that are not there, in words, to be told of every tracker that was read in parts; null where none is missing. */
export function missingOf(parts: readonly Part[]): string | null {
  const shards = shardsOf(parts).map(({ shard }) => shard);
  const there = new Set(shards.map(({ index }) => index));
  const count = shards[0]?.count ?? 0;
  const missing = Array.from({ length: count }, (_, index) => index + 1).filter((index) => !there.has(index));
  if (missing.length === 0) return null;
  return missing.length === 1
    ? `part ${missing[0]} of ${count} is missing`
    : `parts ${missing.slice(0, -1).join(', ')} and ${missing.at(-1)} of ${count} are missing`;
}
