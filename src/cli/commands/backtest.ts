import type { BacktestFormat } from '../../report/backtest/format.js';
import { BACKTEST_FORMATS } from '../../report/backtest/formats.js';
import { type Given, nextSteps } from '../../report/backtest/words.js';
import { backtest } from '../../use-cases/backtest/backtest.js';
import { backtestRequest, type WrittenRequest } from '../../use-cases/backtest/request.js';
import type { Shell } from '../io.js';
import { checkTarget, destinationsAmong, type Looks, type OutputOptions, writeDocument } from '../outputs.js';
import { type CommonOptions, openSession } from '../session.js';
import { commandLine } from '../suggest.js';

export type BacktestOptions = CommonOptions & OutputOptions & WrittenRequest;

/** `bugprune backtest`: what the policies would have closed in the past, and what people did to those bugs later. */
export async function backtestCommand(sources: readonly string[], options: BacktestOptions, io: Shell): Promise<number> {
  const request = backtestRequest(options);
  const to = destinationsAmong<BacktestFormat>(BACKTEST_FORMATS, options);
  for (const { path } of to.files) checkTarget(path, io.cwd);
  const { config, world, progress, palette } = await openSession(sources, options, io);
  const document = await backtest(config, request, world);
  progress.done();
  const steps = nextSteps(document, givenBy(sources, options));
  const next = steps.map(({ label, words }) => ({ label, command: commandLine(words, options) }));
  const render = (format: BacktestFormat, looks: Looks) => format.render(document, { ...looks, next });
  await writeDocument(to, BACKTEST_FORMATS.markdown, render, { width: io.out.width, palette, all: false }, io);
  return 0;
}

/** What somebody chose, to be chosen again. */
function givenBy(sources: readonly string[], { tracker = [], from, to, every, bound, vary }: BacktestOptions): Given {
  const chosen = { '--from': from, '--to': to, '--every': every, '--bound': bound };
  return {
    sources: [...sources, ...tracker.flatMap((name) => ['--tracker', name])],
    options: Object.entries(chosen).flatMap(([option, value]) => (value === undefined ? [] : [option, value])),
    vary: ['--vary', ...(typeof vary === 'string' ? [vary] : [])],
  };
}
