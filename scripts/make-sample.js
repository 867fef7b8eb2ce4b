// Writes the sample backlog: node scripts/make-sample.js [FILE]
// A fictional product with made-up bugs; the same bytes every time, so that reports on it can be compared.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { anyUser } from './sample/life.js';
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

const random = randomFrom(20_261_122);

function makeBugs() {
  const plots = PLOTS.flatMap(({ plot, count, days, titles }) =>
    Array.from({ length: count }, (_, index) => ({
      plot,
      age: ageOf(days, (index + random.next()) / count),
      title: titles?.[index],
    })),
  );
  const titles = makeTitles(random, plots.length);
  const stories = plots.map(({ plot, age, title }, index) => plot(random, storyOf(opening(age, title ?? titles[index]))));
  let comments = 0;
  const nextComment = () => `IC_${++comments}`;
  return stories
    .sort((a, b) => a.opening.at - b.opening.at)
    .map((story, index) => story.told(numberAt(story.opening.at) + 2 * index, nextComment));
}

/** Spread evenly over the orders of magnitude, so that the ends of the range are there too. */
function ageOf([least, most], quantile) {
  return least * (most / least) ** quantile * DAY;
}

function opening(age, { area, title }) {
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

const lines = [HEADER, ...makeBugs()].map((content) => `${JSON.stringify(content)}\n`);
const file = process.argv[2] ?? fileURLToPath(new URL('../examples/backlog.ndjson', import.meta.url));
writeFileSync(file, lines.join(''));
