/** A value of a definition that is known only when the pipeline runs. */
type Said = string | number | boolean | Said[] | { [name: string]: Said };
/** What a value refers to, by the first part of its path. */
export type Known = Record<'Parameters' | 'Execution' | 'Steps', Record<string, unknown>>;
/** Reads a file of JSON that a step has written. */
export type ReadJson = (place: string) => Promise<unknown>;

/** Values as SageMaker Pipelines documents them: `Get`, `Std:Join` and `Std:JsonGet`. */
export class PipelineValues {
  constructor(private readonly known: Known, private readonly read: ReadJson) {}

  /** The same with values for all references. */
  public async of<T>(said: unknown): Promise<T> {
    return await this.resolved(said as Said) as T;
  }

  private async resolved(said: Said): Promise<unknown> {
    if (Array.isArray(said)) return Promise.all(said.map((one) => this.resolved(one)));
    if (said === null || typeof said !== 'object') return said;
    if (typeof said.Get === 'string') return at(this.known, partsOf(said.Get), said.Get);
    if ('Std:Join' in said) {
      const { On, Values } = await this.of<{ On: string; Values: unknown[] }>(said['Std:Join']);
      return Values.join(On);
    }
    if ('Std:JsonGet' in said) {
      const { PropertyFile, Path } = await this.of<{ PropertyFile: string; Path: string }>(said['Std:JsonGet']);
      return at(await this.read(PropertyFile), Path.split('.'), Path);
    }
    return Object.fromEntries(await Promise.all(Object.entries(said).map(async ([name, one]) => [name, await this.resolved(one)])));
  }
}

/** `Steps.Process.ProcessingOutputConfig.Outputs['train'].S3Output.S3Uri` in its parts. */
function partsOf(path: string): string[] {
  return [...path.matchAll(/\['([^']+)'\]|([^.[\]]+)/g)].map(([, quoted, plain]) => quoted ?? plain);
}

function at(from: unknown, parts: string[], path: string): unknown {
  return parts.reduce<unknown>((value, part) => {
    const found = (value as Record<string, unknown>)[part];
    if (found === undefined) throw new Error(`${path} is not known`);
    return found;
  }, from);
}
