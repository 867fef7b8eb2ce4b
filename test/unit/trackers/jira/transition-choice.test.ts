import { describe, expect, test } from 'vitest';
import { chooseTransition } from '../../../../src/trackers/jira/closing/transition-choice.js';
import { jiraSettings } from '../../../../src/trackers/jira/settings.js';
import { type Transition, transition } from '../../../../src/trackers/jira/transport/answers.js';

interface Offer {
  name: string;
  to: string;
  category?: 'new' | 'indeterminate' | 'done';
  resolutions?: string[];
  fields?: object;
  isAvailable?: boolean;
}

const offer = ({ name, to, category = 'done', resolutions, fields = {}, isAvailable }: Offer, index: number): Transition =>
  transition.parse({
    id: String(index + 1),
    name,
    to: { id: to, name: to, statusCategory: { key: category } },
    isAvailable,
    fields: {
      ...fields,
      ...(resolutions && {
        resolution: { name: 'Resolution', required: true, allowedValues: resolutions.map((each) => ({ id: each, name: each })) },
      }),
    },
  });

function choose(offers: Offer[], closeAs: object = {}): string {
  const settings = jiraSettings.parse({ type: 'jira', url: 'https://a.test', projects: ['A'], closeAs });
  const choice = chooseTransition(offers.map(offer), settings.closeAs);
  if ('obstacle' in choice) return choice.obstacle;
  return `${choice.plan.transition.name} as ${choice.plan.resolution?.name ?? 'whatever it takes'}`;
}

const WONT = ['Fixed', "Won't Fix"];

describe('the transition that closes', () => {
  test.each<[string, Offer[], object, string]>([
    [
      'is the first configured status that is offered',
      [
        { name: 'A', to: 'Done' },
        { name: 'B', to: 'Closed', resolutions: WONT },
      ],
      {},
      "B as Won't Fix",
    ],
    [
      'is the next configured one',
      [
        { name: 'A', to: 'Done' },
        { name: 'B', to: 'Released' },
      ],
      {},
      'A as whatever it takes',
    ],
    [
      'compares names without case and shape of the apostrophe',
      [{ name: 'A', to: 'won’t do', resolutions: ['Won’t Do'] }],
      { statuses: ["Won't Do"] },
      'A as Won’t Do',
    ],
    [
      'takes the first wanted resolution that is offered',
      [{ name: 'A', to: 'Closed', resolutions: ["Won't Fix", "Won't Do"] }],
      {},
      "A as Won't Do",
    ],
    [
      'may be named itself',
      [
        { name: 'Reject', to: 'Finished' },
        { name: 'Finish', to: 'Finished' },
      ],
      { statuses: ['Reject'] },
      'Reject as whatever it takes',
    ],
    [
      'tells twins apart by the resolution',
      [
        { name: 'A', to: 'Closed', resolutions: ['Fixed'] },
        { name: 'B', to: 'Closed', resolutions: WONT },
      ],
      {},
      "B as Won't Fix",
    ],
    [
      'tells twins apart by the name',
      [
        { name: 'Done', to: 'Done' },
        { name: 'Ship', to: 'Done' },
      ],
      {},
      'Done as whatever it takes',
    ],
    [
      'is the only one that takes a wanted resolution',
      [
        { name: '完成', to: '已完成', resolutions: ['完成'] },
        { name: '不改', to: '暂不修改', resolutions: ["Won't Do"] },
      ],
      {},
      "不改 as Won't Do",
    ],
    [
      'is the only one to a done status, if it lists no resolutions',
      [
        { name: 'A', to: 'Fertig' },
        { name: 'B', to: 'Offen', category: 'new' },
      ],
      {},
      'A as whatever it takes',
    ],
    [
      'needs no field that is given, has a default or is never empty',
      [
        {
          name: 'A',
          to: 'Closed',
          fields: {
            summary: { required: true },
            cf: { required: true },
            x: { required: true, hasDefaultValue: true },
            y: { required: false },
          },
        },
      ],
      { fields: { cf: 'n/a' } },
      'A as whatever it takes',
    ],
  ])('%s', (_, offers, closeAs, expected) => {
    expect(choose(offers, closeAs)).toBe(expected);
  });

  test.each<[string, Offer[], object, RegExp]>([
    ['nothing is offered', [], {}, /no transition at all \(missing permission\?\)/],
    [
      'nothing leads to the end',
      [{ name: 'A', to: 'Closed', category: 'new' }],
      {},
      /no transition leads to a done status: A → Closed/,
    ],
    ['it is not available', [{ name: 'A', to: 'Closed', isAvailable: false }], {}, /no transition leads to a done status/],
    [
      'several would do',
      [
        { name: 'A', to: 'X' },
        { name: 'B', to: 'Y' },
      ],
      {},
      /more than one transition would close it: A → X, B → Y/,
    ],
    [
      'several lead to the configured status',
      [
        { name: 'A', to: 'Closed' },
        { name: 'B', to: 'Closed' },
      ],
      {},
      /more than one.*A → Closed, B → Closed/,
    ],
    [
      'several take the resolution',
      [
        { name: 'A', to: 'X', resolutions: WONT },
        { name: 'B', to: 'Y', resolutions: WONT },
        { name: 'C', to: 'Z' },
      ],
      {},
      /more than one.*A → X, B → Y \(/,
    ],
    [
      'it takes other resolutions only',
      [{ name: 'A', to: 'Closed', resolutions: ['Fixed', 'Done'] }],
      {},
      /A → Closed takes none of.*only Fixed, Done/,
    ],
    [
      'it asks for something else',
      [{ name: 'A', to: 'Closed', fields: { cf_1: { name: 'Root cause', required: true } } }],
      {},
      /asks for Root cause \(cf_1\)/,
    ],
  ])('is not found where %s', (_, offers, closeAs, expected) => {
    expect(choose(offers, closeAs)).toMatch(expected);
  });
});
