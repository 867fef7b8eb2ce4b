import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lookAhead } from '../../../../src/trackers/github/reading/look-ahead.js';

const rest = (turns: number) =>
  new Promise<void>((resolve) => (turns > 0 ? setImmediate(() => resolve(rest(turns - 1))) : resolve()));

/** What comes out, source after source: its parts, and what it threw at their end. */
async function readAll(readings: Iterable<AsyncIterable<string>>): Promise<string[]> {
  const out: string[] = [];
  for (const parts of readings) {
    try {
      for await (const part of parts) out.push(part);
    } catch (error) {
      out.push(String(error));
    }
  }
  return out;
}

test('parts come as if one source were read after the other, of which no more than some are begun', async () => {
  const source = fc.record({ parts: fc.array(fc.nat(3), { maxLength: 9 }), fails: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(source, { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), async (sources, width) => {
      let underWay = 0;
      let most = 0;
      const named = sources.map((one, index) => ({ ...one, index }));
      async function* read({ parts, fails, index }: (typeof named)[number]) {
        most = Math.max(most, ++underWay);
        try {
          for (const [part, turns] of parts.entries()) {
            await rest(turns);
            yield `${index}.${part}`;
          }
          if (fails) throw new Error(`${index}`);
        } finally {
          underWay--;
        }
      }
      const expected = named.flatMap(({ parts, fails, index }) => [
        ...parts.map((_, part) => `${index}.${part}`),
        ...(fails ? [`Error: ${index}`] : []),
      ]);
      expect(await readAll(lookAhead(named, width, read))).toEqual(expected);
      expect(most).toBeLessThanOrEqual(width);
      expect(underWay).toBe(0);
    }),
    { seed: 5, numRuns: 60 },
  );
});

test('of a long source only so much lies ready', async () => {
  let made = 0;
  async function* endless() {
    for (;;) yield await Promise.resolve(++made);
  }
  const readings = lookAhead(['a', 'b', 'c', 'd'], 3, endless);
  const [first] = readings;
  await rest(20);
  expect(made).toBe(3 * 4);
  expect(first).toBeDefined();
});

test('what goes wrong with a source that nobody comes to is no defect of the program', async () => {
  async function* failing() {
    await rest(1);
    yield* [];
    throw new Error('nobody listens');
  }
  for (const _ of lookAhead(['a', 'b'], 2, failing)) break;
  await rest(5);
});
