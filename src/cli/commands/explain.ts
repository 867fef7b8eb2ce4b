import { understandRef } from '../../config/source.js';
import { explain } from '../../explain.js';
import { forJson } from '../../report/escape.js';
import { explanation } from '../../report/explanation.js';
import { DESCRIPTORS } from '../../trackers/index.js';
import type { Shell } from '../io.js';
import { type CommonOptions, openSession, recognizeContext } from '../session.js';

/** `bugprune explain`: every rule about one bug. */
export async function explainCommand(
  text: string,
  sources: readonly string[],
  options: CommonOptions,
  io: Shell,
): Promise<number> {
  const { ref, source } = understandRef(text, DESCRIPTORS, recognizeContext(io));
  const { config, world, progress, palette } = await openSession(sources, options, io, { fallback: source });
  const { bug, entry } = await explain(ref, hostOf(text), config, world);
  progress.done();
  const { history } = bug;
  // Of a confidential bug nothing is told that somebody wrote into it.
  const events = bug.confidential ? bug.events.map(({ at, kind }) => ({ at, kind })) : bug.events;
  const document = { version: 1, kind: 'explanation', generatedAt: world.now, bug: entry, history, events };
  io.out.write(
    options.json
      ? `${forJson(JSON.stringify(document, null, 2))}\n`
      : explanation(entry, bug, { palette, width: io.out.width, next: null, all: true }),
  );
  return 0;
}

function hostOf(text: string): string | null {
  return /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text).host : null;
}
