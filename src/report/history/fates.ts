import { wrap } from '../columns.js';
import { forTerminal } from '../escape.js';
import type { RenderOptions } from '../format.js';
import type { History, PolicyOutcomes } from './document.js';
import { fatesInWords } from './words.js';

type Looks = Pick<RenderOptions, 'width' | 'palette'>;

/** Nobody reads more at once. */
const MOST_MONTHS = 12;

/** What became of the closed bugs, by policy and month, and which policies to think over; nothing where nobody asked. */
export function fateBlocks({ policies = [], hints = [] }: History, looks: Looks): string[][] {
  const { palette, width } = looks;
  const told = policies.flatMap((policy) => aboutPolicy(policy, looks));
  return [
    told.length > 0 ? [palette.bold('What became of the closed bugs'), ...told] : [],
    hints.flatMap(({ message }) => wrap(forTerminal(message), width)).map((line) => palette.yellow(line)),
  ];
}

function aboutPolicy(policy: PolicyOutcomes, { palette, width }: Looks): string[] {
  const shown = policy.months.length > 1 ? policy.months.slice(-MOST_MONTHS) : [];
  const earlier = policy.months.length - shown.length;
  return [
    ...indented(`${policy.policy}: ${fatesInWords(policy)}`, width, 2),
    ...(shown.length > 0 && earlier > 0 ? [palette.dim(`    … ${earlier} earlier months; all of them: --json`)] : []),
    ...shown.flatMap((month) => indented(`${month.month}  ${fatesInWords(month)}`, width, 4)).map((line) => palette.dim(line)),
  ];
}

function indented(text: string, width: number, by: number): string[] {
  const [first = '', ...others] = wrap(forTerminal(text), width - by - 2);
  return [`${' '.repeat(by)}${first}`, ...others.map((line) => `${' '.repeat(by + 2)}${line}`)];
}
