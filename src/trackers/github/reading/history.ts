import type { TrackerError } from '../../../errors.js';
import { type Bug, bugSchema, type LinkedWork } from '../../../model/bug.js';
import { chronological } from '../../../model/history.js';
import type { Call } from '../../tracker.js';
import { formatRef } from '../ref.js';
import { expectedError } from '../transport/errors.js';
import { type Reading, readEarlier, readNewest, type Source } from './history-parts.js';
import { toEvent } from './timeline.js';

/** GitHub ends a query after ten seconds; 25 histories of 100 items stay well below that. */
const BATCH = 25;
/** What is asked for at once when a batch was too much. */
const SMALL_BATCH = 5;
/** After so many failures in a row nothing more is asked. */
const MOST_FAILURES = 3;

/** The bugs with their histories, in the same order. What cannot be read is told as a problem and leaves its bugs `partial`. */
export async function loadHistories(source: Source, bugs: readonly Bug[], viewer: string, call: Call): Promise<Bug[]> {
  const reader = createReader(source, call);
  const loaded: Bug[] = [];
  for (const batch of chunks(bugs, BATCH)) {
    const readings = await reader.read(batch.map((bug) => bug.id));
    for (const [index, bug] of batch.entries()) loaded.push(withHistory(bug, readings[index] ?? null, viewer));
  }
  return loaded;
}

/** The bug with the history that was read for it. Pure. */
export function withHistory(bug: Bug, reading: Reading | null, viewer: string): Bug {
  if (!reading) return { ...bug, history: 'partial' };
  const full = bugSchema.parse({
    ...bug,
    linkedWork: allWork(bug, reading),
    events: reading.items.map((item) => toEvent(item, viewer)),
    history: reading.before === null ? 'complete' : 'partial',
  });
  return { ...full, events: chronological(full.events) };
}

/**
 * What the list told (children, blocked issues) and the open pull requests that will close it, hidden ones (null) included. A server
 * that does not tell of pull requests leaves it as it was.
 */
function allWork(bug: Bug, { closedByPullRequestsReferences: references }: Reading): LinkedWork[] | null {
  if (!references) return bug.linkedWork;
  const open = references.nodes.filter((node) => node === null || node.state === 'OPEN');
  const changes = open.map((node) => (node ? formatRef(node.repository.nameWithOwner, node.number) : 'a pull request'));
  const others = bug.linkedWork?.filter(({ kind }) => kind !== 'change') ?? [];
  return [...others, ...changes.map((name) => ({ kind: 'change' as const, name }))];
}

type Readings = (Reading | null)[];

/** Reads batch after batch, and gives up after some failures in a row: an unreachable server stays unreachable. */
function createReader(source: Source, call: Call): { read(ids: readonly string[]): Promise<Readings> } {
  let failures = 0;
  return { read };

  async function read(ids: readonly string[]): Promise<Readings> {
    if (failures >= MOST_FAILURES) return [];
    try {
      const readings = await readNewest(source, ids, false);
      failures = 0;
      await complete(readings);
      return readings;
    } catch (error) {
      const problem = expectedError(error, call.signal);
      if (ids.length > SMALL_BATCH && mayBeTooMuch(problem)) return readSmaller(ids);
      tell(problem);
      return [];
    }
  }

  async function readSmaller(ids: readonly string[]): Promise<Readings> {
    const readings: Readings = [];
    for (const part of chunks(ids, SMALL_BATCH)) {
      const found = await read(part);
      readings.push(...part.map((_, index) => found[index] ?? null));
    }
    return readings;
  }

  /** What has no beginning yet stays partial when this fails. */
  async function complete(readings: Readings): Promise<void> {
    try {
      await readEarlier(
        source,
        readings.filter((reading) => reading !== null),
      );
    } catch (error) {
      tell(expectedError(error, call.signal));
    }
  }

  function tell(error: TrackerError): void {
    failures = mayBeTooMuch(error) ? failures + 1 : MOST_FAILURES;
    call.on({ type: 'problem', error });
  }
}

/** A server error or an answer that cannot be understood; the other kinds will be the same for every batch. */
function mayBeTooMuch({ kind }: TrackerError): boolean {
  return kind === 'network' || kind === 'unexpected';
}

function* chunks<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
