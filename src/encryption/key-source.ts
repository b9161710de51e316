import { FromKeysOptions } from './existing-keys';

/** The origin of the KMS keys of an environment: `EnvironmentKeys.managed()` or `EnvironmentKeys.fromKeys()`. */
export class KeySource {
  /** Keys that exist already, and settings of those that are created. @internal */
  public static _of(options: FromKeysOptions): KeySource {
    return new KeySource(options);
  }

  private constructor(
    /** What was said about keys. @internal */
    public readonly _options: FromKeysOptions,
  ) {}
}
