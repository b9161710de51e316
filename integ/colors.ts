import picocolors from 'picocolors';

/** Colours for people at a terminal; plain text for whoever reads a log, also where CI is set and picocolors would colour. */
export const colors = picocolors.createColors(picocolors.isColorSupported && process.stdout.isTTY === true);
