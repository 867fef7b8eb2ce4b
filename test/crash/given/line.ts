/** What can happen to a request on its way, or to its answer. */
export type Mishap = { readonly drop: 'before' | 'after' } | { readonly delay: number };

/** The connection to a stand-in. */
export interface Line {
  /** For the stand-in: what becomes of this request. */
  fault(request: { readonly write: boolean; readonly method: string; readonly path: string }): Mishap | undefined;
  /** All writes since `listen`, as `PATCH issues/1`. */
  readonly writes: readonly string[];
  /** Begins to count writes, from 1; `happens` says what becomes of each. */
  listen(happens?: (nth: number) => Mishap | undefined): void;
  /** From now on no request gets through, until somebody listens again. */
  cut(): void;
}

/** A connection in good order. */
export function newLine(): Line {
  let writes: string[] = [];
  let happens: (nth: number) => Mishap | undefined = () => undefined;
  let isCut = false;
  return {
    get writes() {
      return writes;
    },
    fault({ write, method, path }) {
      if (isCut) return { drop: 'before' };
      if (!write) return undefined;
      const nth = writes.push(`${method} ${path.split('/').slice(-2).join('/')}`);
      return happens(nth);
    },
    listen(then = () => undefined) {
      writes = [];
      happens = then;
      isCut = false;
    },
    cut() {
      isCut = true;
    },
  };
}
