import fc from 'fast-check';
import { expect, test } from 'vitest';
import { refMemory } from '../../../../src/trackers/file/seen.js';

const ref = fc.oneof(
  fc
    .tuple(fc.constantFrom('acme/app#', 'ERP-', '#', ''), fc.oneof(fc.nat(70), fc.nat(2_000_000_000)))
    .map(([p, n]) => `${p}${n}`),
  fc.constantFrom('ERP-01', 'ERP-1', 'ERP-001', 'erp-1', 'ERP-', 'ERP\n-1', '', '7', '07', 'ERP-99999999999'),
  fc.string({ maxLength: 3 }),
);

test('refs are new exactly when a set would say so', () => {
  fc.assert(
    fc.property(fc.array(ref, { maxLength: 200 }), (refs) => {
      const isNew = refMemory();
      const seen = new Set<string>();
      for (const one of refs) {
        expect(isNew(one)).toBe(!seen.has(one));
        seen.add(one);
      }
    }),
  );
});
