import { BugpruneError } from '../errors.js';
import type { Shell } from './io.js';
import { tell } from './tell.js';

/** What Ctrl-D sends: no answer that anybody types. */
const END = '\u0004';

/** Whoever types nonsense three times in a row is no person. */
const MOST_ATTEMPTS = 3;

/** Something to choose: as it is shown, and the name by which it may be chosen besides its number. */
export interface Option {
  readonly shown: string;
  readonly name: string;
}

/** How several may be chosen. `preset` are the indices that Enter stands for; options beyond `mostShown` can only be typed. */
export interface Choosing {
  readonly preset: readonly number[];
  readonly mayBeNone: boolean;
  readonly mostShown: number;
}

/** Lets any number of options be chosen: the indices, in order. */
export function chooseSome(
  question: string,
  options: readonly Option[],
  { preset, mayBeNone, mostShown }: Choosing,
  io: Shell,
): Promise<readonly number[]> {
  const more = options.length - mostShown;
  tell(`${question}\n${listed(options.slice(0, mostShown))}${more > 0 ? `\n  and ${more} more, by name` : ''}`, io);
  const usual = preset.length > 0 ? ` [${preset.map((index) => index + 1).join(', ')}]` : '';
  const prompt = `Numbers or names, separated by commas${mayBeNone ? '; 0 for none' : ''}${usual}: `;
  return untilUnderstood(prompt, io, (answer) => {
    if (answer === '') return preset.length > 0 ? preset : null;
    if (answer === '0' && mayBeNone) return [];
    const chosen = answer.split(',').map((part) => indicesOf(part.trim(), options, mostShown));
    return chosen.some((found) => found.length === 0) ? null : [...new Set(chosen.flat())].toSorted((a, b) => a - b);
  });
}

/** Lets one option be chosen; `preset` is the index that Enter stands for. */
export function chooseOne(question: string, options: readonly Option[], preset: number, io: Shell): Promise<number> {
  tell(`${question}\n${listed(options)}`, io);
  return untilUnderstood(`Number [${preset + 1}]: `, io, (answer) => {
    const [index, ...more] = answer === '' ? [preset] : indicesOf(answer, options, options.length);
    return index === undefined || more.length > 0 ? null : index;
  });
}

/** Asks for a yes or no; Enter is yes. */
export function agreesTo(question: string, io: Shell): Promise<boolean> {
  return untilUnderstood(`${question} [Y/n] `, io, (answer) => {
    if (answer === '' || /^y(es)?$/i.test(answer)) return true;
    return /^no?$/i.test(answer) ? false : null;
  });
}

/** Throws `interrupted` when the input ends, and `usage` when nobody seems to be there. */
async function untilUnderstood<Answer>(
  prompt: string,
  io: Shell,
  understand: (answer: string) => Answer | null,
): Promise<Answer> {
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
    const answer = await io.ask(prompt, END);
    if (answer === END) throw new BugpruneError('interrupted', 'No answer: nothing was written.');
    const understood = understand(answer.trim());
    if (understood !== null) return understood;
    tell('That is none of the answers.', io);
  }
  throw new BugpruneError('usage', 'Nothing was written: none of these answers could be understood.', {
    hint: 'Without questions: add --yes.',
  });
}

/** By number as far as numbers are shown, else by name; two options may have one name. */
function indicesOf(answer: string, options: readonly Option[], shown: number): number[] {
  const number = /^\d{1,4}$/.test(answer) ? Number(answer) : 0;
  if (number >= 1 && number <= Math.min(shown, options.length)) return [number - 1];
  const wanted = answer.toLowerCase();
  return options.flatMap(({ name }, index) => (name.toLowerCase() === wanted ? [index] : []));
}

function listed(options: readonly Option[]): string {
  const width = String(options.length).length;
  return options.map(({ shown }, index) => `  ${String(index + 1).padStart(width)}  ${shown}`).join('\n');
}
