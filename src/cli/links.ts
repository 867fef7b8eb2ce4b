import { safeUrl } from '../report/escape.js';
import type { Io, Output } from './io.js';

/** Terminals, by TERM_PROGRAM, and their first version that makes links of the sequences; any version where there is none. */
const PROGRAMS: ReadonlyMap<string, readonly number[]> = new Map([
  ['iTerm.app', [3, 1]],
  ['WezTerm', [20200620]],
  ['vscode', [1, 72]],
  ['ghostty', []],
  ['zed', []],
  ['WarpTerminal', []],
]);

/** The first version of the terminal of GNOME and its kin, as VTE_VERSION has it; the one before it crashes. */
const VTE = 5001;

/**
 * Whether an output is a terminal that makes links of the sequences for them. There is no way to ask it, so this goes by what
 * terminals say in the environment, in the way of the package `supports-hyperlinks` 4.6, FORCE_HYPERLINK included.
 */
export function showsLinks({ isTerminal }: Pick<Output, 'isTerminal'>, variables: Io['variables']): boolean {
  const { FORCE_HYPERLINK: force, NO_COLOR, CI, TEAMCITY_VERSION, TERM, VTE_VERSION } = variables;
  if (force) return Number.parseInt(force, 10) !== 0;
  if (!isTerminal || NO_COLOR || CI || TEAMCITY_VERSION || TERM === 'dumb') return false;
  if (variables.WT_SESSION || variables.CURSOR_TRACE_ID || Number(VTE_VERSION) >= VTE) return true;
  const least = PROGRAMS.get(variables.TERM_PROGRAM ?? '');
  if (least) return isAtLeast(variables.TERM_PROGRAM_VERSION ?? '', least);
  return TERM === 'alacritty' || TERM === 'xterm-kitty';
}

function isAtLeast(version: string, least: readonly number[]): boolean {
  const parts = version.split(/[.-]/).map(Number);
  for (const [index, part] of least.entries()) {
    const difference = (parts[index] ?? 0) - part;
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** VTE, and all that follow it, ignore longer ones. */
const LONGEST_ADDRESS = 2083;

/**
 * A text that leads to an address (OSC 8, https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda); the text alone where that
 * is none of the web. An address is printable ASCII once it was parsed, so it cannot end the sequence.
 */
export function link(text: string, address = ''): string {
  const url = safeUrl(address);
  if (url === null || url.length > LONGEST_ADDRESS || /[^\x21-\x7e]/.test(url)) return text;
  return `\u001b]8;;${url}\u001b\\${text}\u001b]8;;\u001b\\`;
}
