import { commentedConfig } from '../../config/commented.js';
import { type FirstChoices, type FirstConfig, firstConfig } from '../../config/first.js';
import { withoutCredentials } from '../../config/load.js';
import { recognize } from '../../config/source.js';
import { BugpruneError, EXIT_CODES } from '../../errors.js';
import { forJson } from '../../report/escape.js';
import { DESCRIPTORS } from '../../trackers/index.js';
import type { Recognized } from '../../trackers/tracker.js';
import { type Site, siteIn, writeNew } from '../../use-cases/init/file.js';
import { explore, look, type Outlook, type Place } from '../../use-cases/init/init.js';
import type { Shell } from '../io.js';
import { type CommonOptions, gitRemote, openWorld, recognizeContext } from '../session.js';
import { tell, tellFailure } from '../tell.js';
import { choose, chooseSigns, signWords } from './init-choices.js';

export type InitOptions = CommonOptions & { readonly yes?: boolean };

/** `bugprune init`: a first configuration, from what there is and what a person says to it. Nothing is written before the last answer. */
export async function initCommand(source: string | null, options: InitOptions, io: Shell): Promise<number> {
  refuseNonsense(options, io);
  const site = await siteIn(io.cwd);
  const { world, progress } = openWorld(options, io);
  const place = await explore(await sourceOf(source, io), io.cwd, world);
  progress.done();
  const ask = !options.yes;
  tell(`${place.id}, as ${place.as}`, io);
  const signs = await chooseSigns(place, ask, io);
  if (signs.length > 0) tell(`Bugs are told by: ${signs.map(signWords).join(', ')}`, io);
  const outlook = await look(place, signs, io.cwd, world);
  progress.done();
  for (const failure of outlook.failures) tellFailure(failure, io);
  for (const note of notes(site, outlook)) tell(note, io);
  const choices = await choose(signs, outlook, ask, io);
  const config = firstConfig(place.source, place.found, choices);
  io.stop.throwIfAborted();
  await writeNew(site.file, commentedConfig(config, { schemaAt: site.schemaAt, tokenFrom: place.tokenFrom }));
  if (options.json)
    io.out.write(`${forJson(io.clean(JSON.stringify(document(site, place, outlook, choices, config), null, 2)))}\n`);
  tell(summary(site, place, outlook, choices), io);
  return outlook.failures.length > 0 ? Math.min(...outlook.failures.map(({ code }) => EXIT_CODES[code])) : 0;
}

function refuseNonsense({ config, tracker, yes }: InitOptions, io: Shell): void {
  if (config !== undefined || tracker !== undefined) {
    throw new BugpruneError('usage', 'init writes a configuration; --config and --tracker are about one that is there.', {
      hint: 'It writes .bugprunerc in the working folder. To use that elsewhere: --config FILE with any other command.',
    });
  }
  if (!yes && !io.canAsk) {
    throw new BugpruneError('usage', 'There is nobody to answer the questions.', {
      hint: 'Add --yes to take what is proposed.',
    });
  }
}

/** What was named, else the git remote. The address of one bug is as good as that of all: nothing is closed here. */
async function sourceOf(named: string | null, io: Shell): Promise<Recognized> {
  const text = named ?? (await gitRemote(io));
  if (text === null) {
    throw new BugpruneError('usage', 'There is no git remote "origin" here to tell where the bugs are.', {
      hint: 'Name the source: bugprune init https://github.com/OWNER/REPO',
    });
  }
  return recognize(withoutCredentials(text), DESCRIPTORS, recognizeContext(io));
}

function notes({ above }: Site, { open, unplanned }: Outlook): string[] {
  return [
    ...(above === null ? [] : [`Here it will take the place of ${above}, which holds in this folder so far.`]),
    ...(open === 0 ? ['There is not a single open bug.'] : []),
    ...(unplanned > 0
      ? [
          `${unplanned} of ${open} bugs are of a project without any milestone or version, where nothing can have a target: they stay ` +
            'undecided. Plan with some, or have them judged all the same (targets.treat.unplanned: untargeted).',
        ]
      : []),
  ];
}

function document(site: Site, place: Place, outlook: Outlook, choices: FirstChoices, config: FirstConfig) {
  const { open, undecided, thresholds, failures } = outlook;
  const { parked, warn, untargetedFor } = choices;
  const signs = choices.signs.map(({ kind, name }) => ({ kind, name }));
  return {
    version: 1,
    kind: 'init',
    file: site.file,
    tracker: { type: place.source.settings.type, source: place.id, as: place.as, token: place.tokenFrom },
    complete: failures.length === 0,
    open,
    undecided,
    thresholds,
    chosen: { bugs: signs, parked, warn, untargetedFor },
    config,
  };
}

function summary(
  { file }: Site,
  { tokenFrom }: Place,
  { open, thresholds }: Outlook,
  { parked, warn, untargetedFor }: FirstChoices,
): string {
  const bugs = thresholds.find((one) => one.untargetedFor === untargetedFor)?.bugs ?? 0;
  return [
    `Written: ${file}`,
    ...(parked.length > 0 ? [`  parked: ${parked.join(', ')}`] : []),
    `  without a target for ${untargetedFor}: ${bugs} of ${open} open bugs, ${warn === null ? 'closed at once' : `warned, and closed ${warn} later`}`,
    ...(tokenFrom === null ? [] : [`  the token stays in ${tokenFrom}`]),
    'Next: bugprune doctor    is everything in it right?',
    '      bugprune           what would be done, and why (changes nothing)',
  ].join('\n');
}
