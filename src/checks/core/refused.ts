/** A template that cannot be looked at. The message says why and what to do. */
export class Refused extends Error {}
