// How many requests a report and a prune send, and how long that takes where each takes 50 ms: node bench/requests.js (after npm run build)
// The least is what the design allows: list pages, batches of histories and a few more; four requests for each closed bug (Jira: five).
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { inItsOwnProcess, printTable, within } from './measure.js';
import { programThatWorks } from './program.js';
import { buildStandIns } from './stand-ins.js';
import { configured, TRACKERS } from './trackers.js';

const LATENCY = 50;

/** The requests that are allowed for, and the settings that say how fast to write. */
const ALLOWED = {
  github: { report: (bugs) => Math.ceil(bugs / 100) + Math.ceil(bugs / 25) + 3, closing: 4 },
  // One status, one type, and all of them proposals.
  jira: { report: (bugs) => Math.ceil(bugs / 100) + Math.ceil(bugs / 100) + 8 + 1, closing: 5 },
};

const CASES = [
  { tracker: 'github', action: 'report', bugs: 500, latency: LATENCY, pace: '0s' },
  { tracker: 'github', action: 'report', bugs: 10_000, latency: LATENCY, pace: '0s' },
  { tracker: 'github', action: 'prune', bugs: 500, latency: LATENCY, pace: '0s' },
  { tracker: 'github', action: 'prune', bugs: 10_000, latency: 0, pace: '1s' },
  { tracker: 'jira', action: 'report', bugs: 500, latency: LATENCY, pace: '0s' },
  { tracker: 'jira', action: 'prune', bugs: 500, latency: LATENCY, pace: '0s' },
];

async function measure(standIns, { tracker, action, bugs, latency, pace }) {
  const clock = { waited: 0 };
  const folder = mkdtempSync(join(standIns, 'run-'));
  const { fake, settings, env } = await TRACKERS[tracker](standIns, bugs, { latency, clock });
  const args = await configured({ ...settings, pace }, folder);
  const write = action === 'prune' ? ['--yes', '--limit', bugs] : [];
  const before = performance.now();
  await programThatWorks([action, '--json', ...write.map(String), ...args], { cwd: folder, env, clock });
  const seconds = (performance.now() - before) / 1000;
  const violations = fake.violations.length;
  await fake.close();
  console.log(JSON.stringify({ requests: fake.requests.length, seconds, waited: clock.waited, violations }));
}

async function report(cases) {
  const standIns = await buildStandIns();
  const rows = cases.map((one) => {
    const { tracker, action, bugs, latency, pace } = one;
    const { requests, seconds, waited, violations } = inItsOwnProcess(import.meta.url, standIns, JSON.stringify(one));
    if (violations > 0) throw new Error(`${violations} requests were not as the tracker describes them`);
    const { report: reading, closing } = ALLOWED[tracker];
    // A bug that was waited for is read again: that is one for each time that an hour's writes are used up.
    const again = 2 * Math.ceil(waited / 3600);
    const allowed = reading(bugs) + (action === 'prune' ? closing * bugs + again : 0);
    return [
      `${tracker} ${action}, ${bugs} bugs, pace ${pace}`,
      within(requests, allowed, 0),
      seconds.toFixed(1),
      latency === 0 ? '' : (seconds / ((requests * latency) / 1000)).toFixed(2),
      (waited / 60).toFixed(0),
    ];
  });
  rmSync(standIns, { recursive: true });
  printTable(['tracker and command', 'requests', 'seconds', `of requests × ${LATENCY} ms`, 'minutes of pauses'], rows);
}

const [standIns, given] = process.argv.slice(2);
if (given) await measure(standIns, JSON.parse(given));
else await report(CASES.filter(({ tracker, bugs }) => !standIns || standIns === `${tracker}-${bugs}`));
