import { type FirstChoices, isPlain, proposedSigns } from '../../config/first.js';
import { BugpruneError } from '../../errors.js';
import type { Sign } from '../../trackers/tracker.js';
import type { Outlook, Place } from '../../use-cases/init/init.js';
import type { Shell } from '../io.js';
import { agreesTo, chooseOne, chooseSome, type Option } from '../questions.js';

/** How long a warning stands, where there is one. */
const WARN = '1w';

/** A longer list is no choice; what is not in it can still be typed. */
const MOST_SHOWN = 40;

/** What makes a bug: what is plain, else what is asked for. Throws `usage` where nothing is plain and nobody can be asked. */
export async function chooseSigns({ id, found }: Place, ask: boolean, io: Shell): Promise<readonly Sign[]> {
  if (found === null) return [];
  const proposed = proposedSigns(found.signs);
  if (isPlain(found.signs) || (!ask && proposed.length > 0)) return proposed;
  if (found.signs.length === 0) {
    throw new BugpruneError('usage', `${id} has neither a label nor an issue type, so nothing tells its bugs.`, {
      hint: 'Create a label "bug" first, and put it on the bugs.',
    });
  }
  if (!ask) {
    throw new BugpruneError('usage', `No label and no issue type of ${id} sounds like a bug.`, {
      hint: 'Say which it is: bugprune init without --yes asks for it.',
    });
  }
  const likely = found.signs.filter(({ fit }) => fit !== 'no');
  const candidates = [...likely, ...found.signs.filter(({ fit }) => fit === 'no')];
  const preset = candidates.flatMap((sign, index) => (proposed.includes(sign) ? [index] : []));
  const question = 'What makes an issue a bug? Any one of those that you choose is enough.';
  const options = { preset, mayBeNone: false, mostShown: likely.length > 0 ? likely.length : MOST_SHOWN };
  const chosen = await chooseSome(question, candidates.map(signOption), options, io);
  return chosen.flatMap((index) => candidates[index] ?? []);
}

/** `label "kind/bug"`. */
export const signWords = ({ kind, name }: Sign): string => `${kind} "${name}"`;

const signOption = (sign: Sign): Option => ({ shown: signWords(sign), name: sign.name });

/** What is left to decide once the backlog is known. What nobody is asked is as proposed. */
export async function choose(signs: readonly Sign[], outlook: Outlook, ask: boolean, io: Shell): Promise<FirstChoices> {
  const parked = ask ? await chooseParked(outlook, io) : outlook.parked.map(({ name }) => name);
  const warn = !ask || (await agreesTo('Warn in a comment first, and close a week later if nobody answers?', io)) ? WARN : null;
  const [shortest] = outlook.thresholds;
  const threshold = ask ? await chooseThreshold(outlook, warn, io) : shortest;
  if (!threshold) throw new Error('there is no threshold to choose');
  return { signs, parked, warn, untargetedFor: threshold.untargetedFor };
}

async function chooseParked({ parked }: Outlook, io: Shell): Promise<readonly string[]> {
  if (parked.length === 0) return [];
  const question = 'Which of these promise nothing? A bug that has only such a target is kept, and reported.';
  const options = parked.map(({ name, bugs }) => ({ shown: `${name} (${openBugs(bugs)})`, name }));
  const preset = parked.map((_, index) => index);
  const chosen = await chooseSome(question, options, { preset, mayBeNone: true, mostShown: MOST_SHOWN }, io);
  return chosen.flatMap((index) => parked[index]?.name ?? []);
}

async function chooseThreshold({ thresholds, open }: Outlook, warn: string | null, io: Shell) {
  const [first] = thresholds;
  if (open === 0) return first;
  const what = warn === null ? 'close' : 'warn';
  const question = `How long without a target release is long enough? Of ${openBugs(open)}, the first run would ${what}:`;
  const options = thresholds.map(({ untargetedFor, bugs }) => ({
    shown: `${untargetedFor.padEnd(3)}  ${bugs} bug${bugs === 1 ? '' : 's'}`,
    name: untargetedFor,
  }));
  return thresholds[await chooseOne(question, options, 0, io)];
}

const openBugs = (count: number): string => `${count} open bug${count === 1 ? '' : 's'}`;
