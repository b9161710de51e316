/** The least date that an archive can say, by the clock of whoever reads it: the same files are the same bytes. */
const NO_DATE = new Date(1980, 0, 1);

/**
 * A file in an archive that its owner writes and everybody reads, made by Unix. Not compressed by itself: templates carry
 * the archive compressed as a whole, which is a quarter smaller.
 */
export const ARCHIVED = { os: 3, attrs: 0o100644 * 2 ** 16, mtime: NO_DATE, level: 0 } as const;
