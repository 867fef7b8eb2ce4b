// What the operating system answers when a file cannot be read or written: its names for it, and ours.

const WORDS: Partial<Record<string, string>> = {
  EACCES: 'no permission',
  EDQUOT: 'the quota of the disk is used up',
  EEXIST: 'there is a file of that name already',
  EIO: 'the disk has failed',
  EISDIR: 'this is a folder; expected a file',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'no such file or folder',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'something on the way to it is a file, not a folder',
  EPERM: 'no permission',
  EROFS: 'the disk is read-only',
};

/** The system's name for what went wrong (`ENOENT`); undefined where it was not the system. */
export function systemCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code) ? code : undefined;
}

/** Why a file cannot be read or written, without its name; the system's own word where there is no better one. */
export function causeInWords(error: unknown): string {
  const code = systemCode(error);
  if (code !== undefined) return WORDS[code] ?? code;
  return error instanceof Error ? error.message : String(error);
}
