const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** Numbers as bars, one character each. They stand on zero, and the highest is full: half as high is half as many. */
export function bars(values: readonly number[]): string {
  const most = Math.max(1, ...values);
  return values.map((value) => BARS[Math.max(0, Math.ceil((value / most) * BARS.length) - 1)]).join('');
}

/** At most so many items, evenly chosen from all, the first and the last among them. */
export function sampled<Item>(items: readonly Item[], most: number): Item[] {
  if (items.length <= most) return [...items];
  const step = (items.length - 1) / Math.max(1, most - 1);
  const chosen = new Set(Array.from({ length: Math.max(0, most) }, (_, index) => Math.round(index * step)));
  return items.filter((_, index) => chosen.has(index));
}
