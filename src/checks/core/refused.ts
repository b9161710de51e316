/** A template that cannot be looked at. The message says why and what to do. */
export class Refused extends Error {
  public constructor(message: string, /** Its file, where it is of one. */ public readonly file?: string) {
    super(message);
  }
}
