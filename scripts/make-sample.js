// Writes the samples: node scripts/make-sample.js [FOLDER]
// backlog.ndjson is for reports, history.ndjson, which has closed bugs too, for backtests. A fictional product with made-up bugs; the same
// bytes every time, so that what is said of them can be compared.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { anyUser } from './sample/life.js';
import { PAST } from './sample/past.js';
import { PLOTS } from './sample/plots.js';
import { randomFrom } from './sample/random.js';
import { DAY, instant, NOW, storyOf } from './sample/story.js';
import { makeTitles } from './sample/titles.js';

const HEADER = {
  format: 'bugprune-snapshot',
  version: 1,
  source: 'github:acme/app',
  takenAt: instant(NOW),
  account: 'acme-bugprune',
};

/** Each plot as often as it says, each bug with an age: `spread` says how ages lie between the least and the most days. */
function makeBugs(kinds, spread, random) {
  const plots = kinds.flatMap(({ plot, count, days, titles }) =>
    Array.from({ length: count }, (_, index) => ({
      plot,
      age: spread(days, (index + random.next()) / count) * DAY,
      title: titles?.[index],
    })),
  );
  const titles = makeTitles(random, plots.length);
  const stories = plots.map(({ plot, age, title }, index) => plot(random, storyOf(opening(random, age, title ?? titles[index]))));
  let comments = 0;
  const nextComment = () => `IC_${++comments}`;
  return stories
    .sort((a, b) => a.opening.at - b.opening.at)
    .map((story, index) => story.told(numberAt(story.opening.at) + 2 * index, nextComment));
}

/** Evenly over the orders of magnitude, so that the ends of the range are there too. */
const byMagnitude = ([least, most], quantile) => least * (most / least) ** quantile;

/** As many in each year. */
const evenly = ([least, most], quantile) => least + (most - least) * quantile;

function opening(random, age, { area, title }) {
  return {
    at: Math.floor((NOW - age) / 1000) * 1000,
    title,
    area,
    author: random.chance(0.05) ? null : anyUser(random),
    type: age < 600 * DAY ? 'Bug' : null,
    labels: random.chance(0.55) ? ['bug', area] : ['bug'],
    votes: random.chance(0.5) ? 0 : Math.floor(random.longTail(1, 80)),
    linkedWork: [],
    history: 'complete',
  };
}

/** Issues and pull requests share their numbers, so bugs lie apart: the number after a bug's is never another bug. */
function numberAt(time) {
  return 212 + Math.floor(((time - Date.parse('2020-11-22T09:00:00Z')) / DAY) * 3.9);
}

const folder = process.argv[2] ?? fileURLToPath(new URL('../examples', import.meta.url));
const samples = {
  'backlog.ndjson': [HEADER, ...makeBugs(PLOTS, byMagnitude, randomFrom(20_261_122))],
  'history.ndjson': [{ ...HEADER, scope: 'all' }, ...makeBugs(PAST, evenly, randomFrom(20_231_122))],
};
for (const [name, contents] of Object.entries(samples)) {
  writeFileSync(join(folder, name), contents.map((content) => `${JSON.stringify(content)}\n`).join(''));
}
