import { type Dice, drawn } from './dice.js';
import type { Trouble } from './office.js';

/** What goes wrong with a command, as chance has it; mostly nothing. */
export function drawTrouble(dice: Dice, often: number): Trouble | null {
  if (!dice.chance(often)) return null;
  const nth = 1 + dice.below(6);
  const after = dice.chance(0.5);
  const onTheWire = (kind: 'crash' | 'lost' | 'cut' | 'busy' | 'forbidden' | 'kill'): Trouble => ({
    at: 'wire',
    trouble: { kind, nth, after },
  });
  const lines = 1 + dice.below(16);
  return drawn<Trouble>(dice, [
    [6, onTheWire('crash')],
    [4, onTheWire('lost')],
    [3, onTheWire('cut')],
    [4, onTheWire('busy')],
    [2, onTheWire('forbidden')],
    [2, onTheWire('kill')],
    [5, { at: 'desk', trouble: { kind: 'crash', nth: lines, after }, torn: dice.chance(0.5) }],
    [2, { at: 'desk', trouble: { kind: 'full', nth: lines, after }, torn: false }],
    [3, { at: 'bug', nth }],
  ]);
}
