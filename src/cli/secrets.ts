/** What is kept of secrets, and how they are taken out of texts. */
export interface Secrets {
  keep(value: string): void;
  /** The text without any secret that is kept, in whatever form it was given back, or a beginning of one that was cut off. */
  clean(text: string): string;
}

/** So many characters tell a secret from all else, and are few enough to give nothing away. Shorter secrets are looked for whole. */
const BEGINNING = 12;
const LONG = 16;

/** Begins with none. */
export function newSecrets(): Secrets {
  const forms: string[] = [];
  return {
    keep(value) {
      forms.push(...formsOf(value));
      // The longest first: what is left of a secret after a shorter one was taken out of it is a secret, too.
      forms.sort((a, b) => b.length - a.length);
    },
    clean: (text) => forms.filter(({ length }) => length >= LONG).reduce(withoutCut, forms.reduce(without, text)),
  };
}

/** As it is, and as servers and proxies give it back when they quote a header, an address or a body. */
function formsOf(secret: string): string[] {
  const given = secret.replace(/\p{Surrogate}/gu, '\ufffd');
  const forms = [
    secret,
    secret.replace(/\s+/g, ' ').trim(),
    encodeURIComponent(given),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret).toString('base64url'),
  ];
  return [...new Set(forms)].filter((form) => form !== '');
}

function without(text: string, form: string): string {
  return text.replaceAll(form, '[secret]');
}

/** Long messages are cut off, maybe in the middle of a secret. What several forms begin with goes as far as the longest one. */
function withoutCut(text: string, form: string, _index: number, forms: readonly string[]): string {
  const beginning = form.slice(0, BEGINNING);
  let clean = text;
  for (let at = clean.indexOf(beginning); at >= 0; at = clean.indexOf(beginning, at)) {
    const end = at + Math.max(...forms.map((one) => sameLength(one, clean, at)));
    clean = `${clean.slice(0, at)}[secret]${clean.slice(end)}`;
  }
  return clean;
}

/** How many characters of a secret stand at a place in a text. */
function sameLength(secret: string, text: string, at: number): number {
  let length = 0;
  while (length < secret.length && text[at + length] === secret[length]) length++;
  return length;
}
