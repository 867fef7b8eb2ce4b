import { Chalk, supportsColor } from 'chalk';
import type { Palette } from '../report/format.js';
import type { Io, Output } from './io.js';
import { link, showsLinks } from './links.js';

/** Colours and links for one output, as far as the user and the terminal want any: --no-color, FORCE_COLOR, NO_COLOR, a pipe. */
export function paletteFor(output: Output, { variables }: Pick<Io, 'variables'>, wanted: boolean): Palette {
  const { bold, dim, red, yellow, green, cyan } = new Chalk({ level: levelFor(output, variables, wanted) });
  const links = wanted && showsLinks(output, variables);
  return { bold, dim, red, yellow, green, cyan, link: links ? link : (text) => text };
}

type Level = 0 | 1 | 2 | 3;

function levelFor(output: Output, variables: Io['variables'], wanted: boolean): Level {
  if (!wanted) return 0;
  const force = variables.FORCE_COLOR;
  if (force !== undefined) return force === '0' || force === 'false' ? 0 : force === '2' ? 2 : force === '3' ? 3 : 1;
  if (variables.NO_COLOR || variables.TERM === 'dumb' || !output.isTerminal) return 0;
  return supportsColor ? (supportsColor.level as Level) : 1;
}
