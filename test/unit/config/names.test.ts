import { expect, test } from 'vitest';
import { namesInUse } from '../../../src/config/names.js';
import { FILE_TRACKER, loadContent } from './given.js';

const NONE = { labels: [], types: [], priorities: [], targets: [] };

test('names are gathered from the guards for all, from every policy and from the parked targets', () => {
  const content = {
    keep: { labels: ['pinned'], priorities: ['Blocker'] },
    policies: [
      { name: 'a', when: { labels: ['ui'], types: ['Bug'], title: ['crash*'] }, keep: { priorities: ['P0'] } },
      { name: 'b', when: { priorities: ['P3'] }, keep: { labels: ['area/*'] } },
    ],
    targets: { parked: ['Backlog', 'Future*'] },
  };
  expect(namesInUse(content)).toEqual({
    labels: ['pinned', 'ui', 'area/*'],
    types: ['Bug'],
    priorities: ['Blocker', 'P0', 'P3'],
    targets: ['Backlog', 'Future*'],
  });
});

test('each name counts once, however it is written', () => {
  const content = {
    keep: { labels: ['pinned', ' Pinned '] },
    policies: [{ keep: { labels: ['pinned', 'ui'] } }],
    targets: { parked: ['Backlog', 'backlog'] },
  };
  expect(namesInUse(content)).toMatchObject({ labels: ['pinned', 'ui'], targets: ['Backlog'] });
});

test.each([[undefined], [null], ['text'], [[]], [{ keep: 'x', policies: { when: 1 }, targets: { parked: [1, null] } }]])(
  'a content without names has none: %j',
  (content) => {
    expect(namesInUse(content)).toEqual(NONE);
  },
);

test('the names of the defaults are none that somebody wrote', async () => {
  const { names } = await loadContent({ trackers: { app: FILE_TRACKER } });
  expect(names).toEqual(NONE);
  const written = await loadContent({ trackers: { app: FILE_TRACKER }, keep: { labels: ['pinned'] } });
  expect(written.names).toEqual({ ...NONE, labels: ['pinned'] });
});
