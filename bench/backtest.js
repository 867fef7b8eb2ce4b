// How long a backtest takes, and how much memory: node bench/backtest.js (after npm run build)
// 25,000 made-up bugs with 100,000 events in ten years. The naive replay, which judges every bug anew at every run, is timed on a
// sample and extrapolated. Seconds are those of the processor; each measurement has a process of its own, so that its memory is its own too.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
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
import { randomFrom } from '../scripts/sample/random.js';

const BUGS = 25_000;
const SAMPLE = 1000;
const FROM = Date.parse('2016-11-20T00:00:00Z');
const TO = Date.parse('2026-11-22T00:00:00Z');
const DAY = 86_400_000;
const WORDS = { isParked: () => false, notFixed: NOT_FIXED };

const person = { id: '1', name: 'mona', kind: 'human' };
const robot = { id: '2', name: 'robot', kind: 'bot' };

/** A bug with three to five events: people talk, robots label, half of all bugs are fixed, some are planned or reopened. */
function bugOf(index, random) {
  const created = FROM + (TO - FROM) * random.next();
  let clock = created;
  const events = [];
  const add = (kind, actor, value = null) => {
    clock += random.longTail(1, 400) * DAY * random.next();
    events.push({ at: toInstant(clock), kind, actor, value });
  };
  const plot = random.next();
  add('commented', person);
  add('labeled', robot, 'triage');
  add(random.chance(0.5) ? 'commented' : 'assigned', person, 'mona');
  if (plot < 0.15) add('targeted', person, 'v1');
  if (plot < 0.05) add('untargeted', person, 'v1');
  if (plot < 0.5) add('closed', person, random.chance(0.8) ? 'completed' : 'not_planned');
  else add('commented', random.chance(0.5) ? person : robot);
  if (plot > 0.45 && plot < 0.5) add('reopened', person);
  const known = events.filter(({ at }) => at <= toInstant(TO));
  const last = known.findLast(({ kind }) => kind === 'closed' || kind === 'reopened');
  const state = last?.kind === 'closed' ? 'closed' : 'open';
  return {
    tracker: 'app',
    ref: `acme/app#${index}`,
    id: `I_${index}`,
    url: `https://github.com/acme/app/issues/${index}`,
    title: 'It does not work',
    state,
    status: state,
    inProgress: false,
    createdAt: toInstant(created),
    updatedAt: known.at(-1)?.at ?? toInstant(created),
    author: person,
    type: null,
    labels: known.some(({ kind }) => kind === 'labeled') ? ['bug', 'triage'] : ['bug'],
    priority: null,
    assignees: [],
    targets: known.findLast(({ kind }) => kind.endsWith('targeted'))?.kind === 'targeted' ? [{ name: 'v1', state: 'open' }] : [],
    votes: 0,
    comments: known.filter(({ kind }) => kind === 'commented').length,
    linkedWork: [],
    confidential: false,
    obstacle: null,
    closing: null,
    remarks: [],
    events: known,
    history: 'complete',
  };
}

function* backlog(count) {
  const random = randomFrom(20_261_122);
  for (let index = 1; index <= count; index++) yield bugOf(index, random);
}

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
  let events = 0;
  const before = process.cpuUsage();
  if (mode === 'naive') {
    for (const bug of backlog(SAMPLE)) replayNaively(bug, by, plan.runs);
  } else {
    const counted = (function* () {
      for (const bug of backlog(BUGS)) {
        events += bug.events.length;
        yield bug;
      }
    })();
    const trials = mode === 'nothing' ? [] : [policyTrial(by, plan, { subject: 'bench', policyDigest: null })];
    const [document] = await backtest(counted, trials, plan, WORDS);
    if (document)
      process.stderr.write(`  closed ${document.summary.closed}, regrets ${document.summary.regrets}, events ${events}\n`);
  }
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  const megabytes = process.resourceUsage().maxRSS / 1024;
  console.log(
    JSON.stringify({ seconds: mode === 'naive' ? (seconds * BUGS) / SAMPLE : seconds, megabytes, runs: plan.runs.length }),
  );
}

function inItsOwnProcess(...given) {
  return JSON.parse(execFileSync(process.execPath, [fileURLToPath(import.meta.url), ...given], { encoding: 'utf8' }));
}

function report() {
  const line = (name, { seconds, megabytes, runs }, more = '') => {
    const numbers = `${seconds.toFixed(1).padStart(7)} s ${megabytes.toFixed(0).padStart(5)} MB ${String(runs).padStart(6)} runs`;
    console.log(`${name.padEnd(40)} ${numbers}${more}`);
  };
  const once = inItsOwnProcess('incremental', '1w', 'none');
  const naive = inItsOwnProcess('naive', '1w', 'none');
  line('making the bugs and cutting their pasts', inItsOwnProcess('nothing', '1w', 'none'));
  line('closing at once', once);
  line('the same with daily runs', inItsOwnProcess('incremental', '1d', 'none'));
  line('warning a week before', inItsOwnProcess('incremental', '1w', '1w'));
  line(`naive, extrapolated from ${SAMPLE} bugs`, naive, `, ${(naive.seconds / once.seconds).toFixed(0)} times as long`);
}

const [mode, every = '1w', warn = 'none'] = process.argv.slice(2);
if (mode) await measure(mode, every, warn);
else report();
