import { BugpruneError, EXIT_CODES } from '../../errors.js';
import { forJson } from '../../report/escape.js';
import type { History } from '../../report/history/document.js';
import { historyText } from '../../report/history/history.js';
import { nextSteps } from '../../report/history/words.js';
import { history } from '../../use-cases/history/history.js';
import type { Shell } from '../io.js';
import { type CommonOptions, openSession } from '../session.js';
import { journalCommandLine } from '../suggest.js';
import { tellFailure } from '../tell.js';

export type HistoryOptions = CommonOptions & { readonly outcomes?: boolean; readonly fromTracker?: boolean };

/** `bugprune history`: past runs, and the size of the backlog over time. Asks no tracker unless told to. */
export async function historyCommand(sources: readonly string[], options: HistoryOptions, io: Shell): Promise<number> {
  const { tracker: only = [], outcomes = false, fromTracker = false } = options;
  if (sources.length > 0 && !fromTracker) {
    throw new BugpruneError('usage', 'The history is read from the journals of past runs, which know their trackers.', {
      hint: `To find runs on a tracker instead: bugprune history --from-tracker ${sources.join(' ')}`,
    });
  }
  const { config, world, state, progress, palette } = await openSession(sources, options, io, { journal: !fromTracker });
  const told = await history(state, { only, outcomes, fromTracker }, config, world);
  progress.done();
  for (const failure of told.failures) tellFailure(failure, io);
  const document = withoutSecrets(told.history, io);
  if (options.json) io.out.write(`${forJson(JSON.stringify(document, null, 2))}\n`);
  else {
    const searched = fromTracker ? `, and the bugs of ${config.trackers.map(({ name }) => name).join(', ')}` : '';
    const next = nextSteps(document, fromTracker ? sources : null).map(({ label, words }) => ({
      label,
      command: journalCommandLine(words, options),
    }));
    io.out.write(historyText(document, { palette, width: io.out.width, where: `journals in ${state.path}${searched}`, next }));
  }
  await io.out.flushed();
  return told.failures.length > 0 ? Math.min(...told.failures.map(({ code }) => EXIT_CODES[code])) : 0;
}

/** Problems quote the words of servers. */
function withoutSecrets(told: History, { clean }: Shell): History {
  return { ...told, problems: told.problems.map(clean) };
}
