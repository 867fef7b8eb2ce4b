import { excess } from '../apply/limits.js';
import type { Instant } from '../model/instant.js';
import { commentOf, type Report, type ReportBug } from '../report/document.js';
import type { Palette } from '../report/format.js';
import {
  type Choice,
  type Choices,
  choiceInWords,
  commentsOn,
  deedInWords,
  proposalScreen,
  question,
  tally,
  withChoices,
} from '../report/review.js';
import { isOver, parseSnooze, SNOOZE_WORDS } from '../report/snooze.js';
import type { Permitted } from '../use-cases/prune/prune.js';
import type { Shell } from './io.js';
import { tell } from './tell.js';

/** What is gone through, and how. */
export interface Review {
  readonly report: Report;
  /** The proposals, and how many of them may be carried out. */
  readonly plan: Permitted;
  readonly now: Instant;
  readonly palette: Palette;
}

/** What was chosen: the report with the choices in it, the proposals that are left, and whether they are still too many. */
export interface Reviewed extends Permitted {
  readonly report: Report;
}

/** What Ctrl-D sends: no answer that anybody types. */
const END = '\u0004';

/** What may be said to a proposal: the key, the word that it stands for, and what it does. */
const KEYS = [
  ['y', 'yes', 'agree: close it, or warn where that is proposed'],
  ['n', 'no', 'keep it'],
  ['s', 'snooze', 'keep it, and leave it alone until a day, or for good'],
  ['c', 'comment', 'show the comment that would be posted'],
  ['b', 'back', 'back to the one before'],
  ['a', 'all', 'agree to this one and to all that are not decided yet'],
  ['q', 'quit', 'stop here: carry out what was chosen so far, or nothing'],
  ['?', 'help', 'show this'],
] as const;

type Key = (typeof KEYS)[number][0];

/** An answer to a proposal: a choice, or what to do instead of making one. */
type Step = { readonly kind: 'choice'; readonly choice: Choice } | { readonly kind: 'back' | 'rest' | 'stop' | 'end' };

/**
 * Goes through the proposals one by one, asks about each, and once more about all that was chosen. Null when nothing is to be done
 * after all. The limits are held against what was chosen, not against the plan: what is still too much is for the caller to refuse.
 */
export async function review(given: Review, io: Shell): Promise<Reviewed | null> {
  const { report, plan } = given;
  const { proposals } = plan;
  if (proposals.length === 0) return { ...plan, report };
  tell(beginning(plan), io);
  const choices = new Map<ReportBug, Choice>();
  for (let index = 0; ; ) {
    const bug = proposals[index];
    const step: Step = bug ? await decide(bug, index, choices, given, io) : { kind: 'stop' };
    if (step.kind === 'end') return null;
    if (step.kind === 'back') index--;
    if (step.kind === 'choice' && bug) {
      choices.set(bug, step.choice);
      index++;
    }
    if (step.kind === 'rest') {
      const rest = proposals.slice(index).filter((other) => other === bug || !choices.has(other));
      for (const other of rest) choices.set(other, { kind: 'agreed' });
      index = proposals.length;
    }
    if (step.kind === 'stop') {
      const end = await conclude(choices, given, io);
      if (end !== 'back') return end;
      if (!bug) index--;
    }
  }
}

function beginning({ proposals, excess: over }: Permitted): string {
  const most = over ? `${over.why} Choose no more than that.\n` : '';
  return `${most}${proposals.length} to go through. One key, then Enter; ? tells which. Nothing is changed before the end.`;
}

/** Asks about one proposal until there is an answer that leads on. */
async function decide(bug: ReportBug, index: number, choices: Choices, given: Review, io: Shell): Promise<Step> {
  const { report, plan, palette } = given;
  const { width } = io.err;
  io.err.write(proposalScreen(bug, { index, total: plan.proposals.length, choices }, report, { width, palette }));
  const before = choices.get(bug);
  const [first = '', ...verb] = deedInWords(bug);
  const keys = KEYS.map(([key]) => key).join(',');
  const prompt = `${first.toUpperCase()}${verb.join('')}? [${keys}]${before ? ` (Enter: ${choiceInWords(bug, before)})` : ''} `;
  for (;;) {
    const answer = await io.ask(prompt, END);
    if (answer === END) return { kind: 'end' };
    if (answer.trim() === '' && before) return { kind: 'choice', choice: before };
    const step = await follow(keyOf(answer), bug, index, given, io);
    if (step) return step;
  }
}

function keyOf(answer: string): Key | null {
  const typed = answer.trim().toLowerCase();
  return KEYS.find(([key, word]) => typed === key || typed === word)?.[0] ?? null;
}

/** What a key leads to; null where the question is asked again. */
async function follow(key: Key | null, bug: ReportBug, index: number, given: Review, io: Shell): Promise<Step | null> {
  switch (key) {
    case 'y':
      return { kind: 'choice', choice: { kind: 'agreed' } };
    case 'n':
      return { kind: 'choice', choice: { kind: 'keep' } };
    case 's':
      return await snooze(given.now, io);
    case 'a':
      return { kind: 'rest' };
    case 'q':
      return { kind: 'stop' };
    case 'b':
      if (index > 0) return { kind: 'back' };
      tell('This is the first one.', io);
      return null;
    case 'c':
      tell(`\n${commentOf(bug)}\n`, io);
      return null;
    case '?':
      tell(KEYS.map(([name, , does]) => `  ${name}  ${does}`).join('\n'), io);
      return null;
    case null:
      tell('That is none of the keys; ? tells which there are.', io);
      return null;
  }
}

const USUAL = '3mo';

async function snooze(now: Instant, io: Shell): Promise<Step | null> {
  for (;;) {
    const answer = await io.ask(`Until when? (${USUAL}, 2027-03-01, forever; b goes back) [${USUAL}] `, END);
    if (answer === END) return { kind: 'end' };
    if (keyOf(answer) === 'b') return null;
    const until = parseSnooze(answer.trim() || USUAL, now);
    if (until !== null && !isOver(until, now)) return { kind: 'choice', choice: { kind: 'snooze', until } };
    tell(until === null ? `Expected a duration such as ${USUAL}, ${SNOOZE_WORDS}.` : `${until} is over.`, io);
  }
}

/** Says what was chosen and asks whether to do it. Null: no. */
async function conclude(choices: Choices, { report, plan }: Review, io: Shell): Promise<Reviewed | 'back' | null> {
  const { proposals, allowance } = plan;
  const chosen = withChoices(report, proposals, choices);
  const left = proposals.length - choices.size;
  const over = excess(chosen.proposals, allowance);
  const reviewed = { ...chosen, allowance, excess: over };
  tell(`\nChosen: ${tally(choices)}${left > 0 ? `; ${left} not decided, which stay as they are` : ''}.`, io);
  if (chosen.proposals.length === 0) return left > 0 ? null : reviewed;
  if (over) {
    tell(over.why, io);
    return keyOf(await io.ask('b goes back, to keep some of them; anything else gives up. ', END)) === 'b' ? 'back' : reviewed;
  }
  tell(`\n${commentsOn(chosen.proposals)}\n`, io);
  const answer = keyOf(await io.ask(`${question(chosen.proposals, report)}? [y/N, b goes back] `, END));
  return answer === 'b' ? 'back' : answer === 'y' ? reviewed : null;
}
