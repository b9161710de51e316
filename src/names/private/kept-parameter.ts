/** What is known of a parameter beside its name and meaning. @internal */
export interface Contract {
  readonly writtenBy: string;
  readonly readBy?: string[];
  readonly isList?: boolean;
}

/** What the parameters of environments and of targets have in common. @internal */
export abstract class KeptParameter {
  /** Path of the parameter, below that of the environment or of the stage. */
  public readonly path: string;
  /** True if the parameter holds a list. */
  public readonly isList: boolean;
  /** Who writes it, as the README says. @internal */
  public readonly _writtenBy: string;
  /** Who of the library reads it, as the README says. @internal */
  public readonly _readBy: string[];

  protected constructor(path: string, { writtenBy, readBy = [], isList = false }: Contract) {
    this.path = path;
    this.isList = isList;
    this._writtenBy = writtenBy;
    this._readBy = readBy;
  }
}
