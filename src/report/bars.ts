const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** Numbers as bars, one character each. They stand on zero, and the highest is full: half as high is half as many. */
export function bars(values: readonly number[]): string {
  const most = Math.max(1, ...values);
  return values.map((value) => BARS[Math.max(0, Math.ceil((value / most) * BARS.length) - 1)]).join('');
}
