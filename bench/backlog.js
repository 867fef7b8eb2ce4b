// Made-up bugs, the same on every machine, and snapshots of them.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { toInstant } from '../dist/model/instant.js';
import { formatLine, snapshotHeader } from '../dist/trackers/file/format.js';
import { randomFrom } from '../scripts/sample/random.js';

export const FROM = Date.parse('2016-11-20T00:00:00Z');
export const TO = Date.parse('2026-11-22T00:00:00Z');
const DAY = 86_400_000;

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

/** So many bugs, open and closed. */
export function* backlog(count) {
  const random = randomFrom(20_261_122);
  for (let index = 1; index <= count; index++) yield bugOf(index, random);
}

/** Writes a snapshot of so many open bugs, one after the other: a kilobyte each. */
export async function writeSnapshot(path, count) {
  const file = createWriteStream(path);
  const header = { source: 'github:acme/app', takenAt: toInstant(TO), account: 'mona' };
  file.write(`${formatLine(snapshotHeader(header))}\n`);
  let written = 0;
  for (const bug of backlog(Number.POSITIVE_INFINITY)) {
    if (bug.state === 'closed') continue;
    if (!file.write(`${formatLine(bug)}\n`)) await once(file, 'drain');
    written++;
    if (written === count) break;
  }
  file.end();
  await once(file, 'finish');
}
