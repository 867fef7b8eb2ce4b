// How long a backtest takes, and how much memory: node bench/backtest.js (after npm run build)
// 25,000 made-up bugs with 100,000 events in ten years. The naive replay, which judges every bug anew at every run, is timed on a
// sample and extrapolated. Seconds are those of the processor; each measurement has a process of its own, so that its memory is its own too.
import { backtest } from '../dist/backtest/backtest.js';
import { schedule } from '../dist/backtest/schedule.js';
import { policyTrial } from '../dist/backtest/trial.js';
import { parseDuration } from '../dist/model/duration.js';
import { NOT_FIXED } from '../dist/model/fix.js';
import { asOf } from '../dist/model/history.js';
import { toInstant } from '../dist/model/instant.js';
import { criteria } from '../dist/rules/criteria.js';
import { guards } from '../dist/rules/guards.js';
import { judge } from '../dist/rules/judge.js';
import { bindRule } from '../dist/rules/rule.js';
import { backlog, FROM, TO } from './backlog.js';
import { inItsOwnProcess, inTurns, printTable, used, within } from './measure.js';

const BUGS = 25_000;
const SAMPLE = 1000;
/** At most this part of the time of judging every bug anew at every weekly run. */
const SHARE_OF_NAIVE = { 'closing at once': 0.5, 'warning a week before': 0.5 };

const WORDS = { isParked: () => false, notFixed: NOT_FIXED };

function rules(warn) {
  const bind = (known, written) =>
    Object.entries(written).map(([id, value]) => bindRule(known[id], known[id].options.parse(value)));
  return {
    isParked: () => false,
    treat: { parked: 'attention', slipped: 'attention', unplanned: 'undecided' },
    guards: bind(guards, {
      labels: ['pinned', 'security'],
      priorities: ['Blocker', 'Critical', 'Highest'],
      inProgress: true,
      linkedWork: true,
      reopened: 'forever',
    }),
    policies: [
      {
        name: 'untargeted',
        criteria: bind(criteria, { untargetedFor: '6w', idleFor: '2w' }),
        guards: [],
        warn: warn ? parseDuration(warn) : null,
        comment: '',
        warning: '',
      },
    ],
  };
}

/** Everything from scratch: the bug as it was at every run, judged until it would be closed, counted while it is open. */
function replayNaively(bug, by, runs) {
  let [open, closed] = [0, false];
  for (const at of runs) {
    const past = asOf(bug, at);
    if (past?.state !== 'open') continue;
    open++;
    closed ||= judge(past, by, at).verdict === 'close';
  }
  return { open, closed };
}

async function measure(mode, every, warn) {
  const plan = schedule(toInstant(FROM), toInstant(TO), parseDuration(every));
  const by = rules(warn === 'none' ? null : warn);
  const { seconds: before } = used();
  if (mode === 'naive') {
    for (const bug of backlog(SAMPLE)) replayNaively(bug, by, plan.runs);
  } else {
    const trials = mode === 'nothing' ? [] : [policyTrial(by, plan, { subject: 'bench', policyDigest: null })];
    await backtest(backlog(BUGS), trials, plan, WORDS);
  }
  const { seconds, megabytes } = used();
  const share = mode === 'naive' ? BUGS / SAMPLE : 1;
  console.log(JSON.stringify({ seconds: (seconds - before) * share, megabytes, runs: plan.runs.length }));
}

function report() {
  const own = (...given) => inItsOwnProcess(import.meta.url, ...given);
  const measured = inTurns(3, {
    'making the bugs and cutting their pasts': () => own('nothing', '1w', 'none'),
    'closing at once': () => own('incremental', '1w', 'none'),
    'the same with daily runs': () => own('incremental', '1d', 'none'),
    'warning a week before': () => own('incremental', '1w', '1w'),
    [`naive, extrapolated from ${SAMPLE} bugs`]: () => own('naive', '1w', 'none'),
  });
  const { seconds: naive } = measured[`naive, extrapolated from ${SAMPLE} bugs`];
  const rows = Object.entries(measured).map(([name, { seconds, megabytes, runs }]) => [
    name,
    runs,
    seconds.toFixed(1),
    within(seconds / naive, SHARE_OF_NAIVE[name] ?? null),
    megabytes.toFixed(0),
  ]);
  printTable([`backtest of ${BUGS} bugs in ten years`, 'runs', 'seconds', 'of naive', 'MB'], rows);
}

const [mode, every = '1w', warn = 'none'] = process.argv.slice(2);
if (mode) await measure(mode, every, warn);
else report();
