export declare function cutter(line: number, how: 'torn' | 'after'): (text: string) => number | null;
