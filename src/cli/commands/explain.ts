import { understandRef } from '../../config/source.js';
import { forJson } from '../../report/escape.js';
import { explanation } from '../../report/explanation/explanation.js';
import { DESCRIPTORS } from '../../trackers/index.js';
import { explain } from '../../use-cases/explain.js';
import { nowhereToLook } from '../../use-cases/lost-ref.js';
import type { Shell } from '../io.js';
import { type CommonOptions, openSession, recognizeContext } from '../session.js';

/** `bugprune explain`: every rule about one bug, what moved its clocks, and what would change the verdict. */
export async function explainCommand(
  text: string,
  sources: readonly string[],
  options: CommonOptions,
  io: Shell,
): Promise<number> {
  const context = recognizeContext(io);
  const { ref, source } = understandRef(text, DESCRIPTORS, context);
  const { config, world, progress, palette } = await openSession(sources, options, io, {
    fallback: source,
    nowhere: () =>
      nowhereToLook(
        ref,
        DESCRIPTORS.some((descriptor) => descriptor.recognize(ref, context) !== null),
      ),
  });
  const told = await explain(ref, hostOf(text), config, world);
  progress.done();
  io.out.write(
    options.json ? `${forJson(JSON.stringify(told, null, 2))}\n` : explanation(told, { palette, width: io.out.width }),
  );
  return 0;
}

function hostOf(text: string): string | null {
  return /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text).host : null;
}
