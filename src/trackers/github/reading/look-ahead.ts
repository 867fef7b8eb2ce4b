/**
 * Parts of one source that are read before anybody asks for them: a repository is done in that many requests unless it is large or
 * knows many words for a bug.
 */
const PARTS = 4;

/**
 * Reads `width` sources at a time and gives what each gives, source after source in their order: a slow one holds up what comes out,
 * not what is read. No more than four parts of each lie ready, so memory stays bounded. What a source throws is thrown where its part
 * would have been; of those that nobody comes to any more it is lost, so whoever stops early aborts them.
 */
export function* lookAhead<Source, Part>(
  sources: readonly Source[],
  width: number,
  read: (source: Source) => AsyncGenerator<Part>,
): Generator<AsyncIterable<Part>> {
  const begun: AsyncIterable<Part>[] = [];
  for (let next = 0; ; ) {
    const more = sources.slice(next, next + width - begun.length);
    next += more.length;
    begun.push(...more.map((source) => ahead(read(source))));
    const first = begun.shift();
    if (!first) return;
    yield first;
  }
}

/** What a generator gives, asked for in advance. It answers one call after another, as they were made. */
function ahead<Part>(source: AsyncGenerator<Part>): AsyncIterable<Part> {
  const ask = () => {
    const asked = source.next();
    // Until somebody comes to it, nobody listens.
    asked.catch(() => undefined);
    return asked;
  };
  const ready = Array.from({ length: PARTS }, ask);
  return {
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const part = await ready.shift();
        if (!part || part.done) return;
        ready.push(ask());
        yield part.value;
      }
    },
  };
}
