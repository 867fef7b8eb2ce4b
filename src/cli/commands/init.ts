import { commentedConfig } from '../../config/commented.js';
import { type FirstChoices, firstConfig, isPlain, proposedSigns } from '../../config/first.js';
import { recognize } from '../../config/source.js';
import { BugpruneError, EXIT_CODES } from '../../errors.js';
import { explore, look, type Outlook, type Place } from '../../init.js';
import { siteIn, writeNew } from '../../init-file.js';
import { forJson } from '../../report/escape.js';
import { DESCRIPTORS } from '../../trackers/index.js';
import type { Recognized, Sign } from '../../trackers/tracker.js';
import type { Shell } from '../io.js';
import { agreesTo, chooseOne, chooseSome } from '../questions.js';
import { type CommonOptions, gitRemote, openWorld, recognizeContext } from '../session.js';
import { tell, tellFailure } from '../tell.js';

export type InitOptions = CommonOptions & { readonly yes?: boolean };

/** `bugprune init`: a first configuration, from what there is and what a person says to it. */
export async function initCommand(source: string | null, options: InitOptions, io: Shell): Promise<number> {
  refuseNonsense(options, io);
  const site = await siteIn(io.cwd);
  const { world, progress } = openWorld(options, io);
  const place = await explore(await sourceOf(source, io), io.cwd, world);
  progress.done();
  if (!options.json) tell(`${place.id}, as ${place.as}`, io);
  const signs = await chooseSigns(place, options, io);
  const outlook = await look(place, signs, io.cwd, world);
  progress.done();
  for (const failure of outlook.failures) tellFailure(failure, io);
  const choices = await choose(signs, outlook, options, io);
  const config = firstConfig(place.source, place.found, choices);
  const text = commentedConfig(config, { schemaAt: site.schemaAt, tokenFrom: place.tokenFrom });
  io.stop.throwIfAborted();
  await writeNew(site.file, text);
  ...
}
