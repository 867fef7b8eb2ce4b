import { READING } from './reading.js';
import { quietCall, type Seed, type Subject } from './subject.js';
import { WRITING } from './writing.js';

/** One thing that every adapter must do; `run` rejects with what it does instead. */
export interface ContractCase {
  readonly name: string;
  run(): Promise<void>;
}

const SEEDS: readonly Seed[] = [
  { title: 'Old and untargeted', createdAt: '2024-01-01T00:00:00Z' },
  { title: 'Planned', createdAt: '2024-02-01T00:00:00Z', target: 'v2' },
  { title: 'Done', createdAt: '2024-03-01T00:00:00Z', closed: true },
  { title: 'Escapes \u001b[31mred\u001b[0m and \u202ebackwards', createdAt: '2024-04-01T00:00:00Z' },
];

/**
 * What every adapter must do, as cases for any test runner: `for (const { name, run } of trackerContract(make)) test(name, run)`.
 * `make` opens a fresh tracker that holds the given bugs.
 */
export function trackerContract(make: (seeds: readonly Seed[]) => Promise<Subject>): ContractCase[] {
  return Object.entries({ ...READING, ...WRITING }).map(([name, check]) => ({
    name,
    async run() {
      const subject = await make(SEEDS);
      try {
        await check({ ...subject, call: quietCall(), first: subject.refs[0] ?? '' });
      } finally {
        await subject.dispose();
      }
    },
  }));
}
