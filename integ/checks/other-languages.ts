import { readFileSync } from 'fs';
import { dirname, join, resolve } from 'path';
import { gunzipSync } from 'zlib';

const ROOT = resolve(__dirname, '..', '..');

/** What this check reads of an assembly of jsii. */
export interface Assembly {
  readonly name: string;
  readonly types: Record<string, AssemblyType>;
}

interface AssemblyType {
  readonly kind: 'class' | 'interface' | 'enum';
  /** Whether an interface is a struct. */
  readonly datatype?: boolean;
  readonly initializer?: Callable;
  readonly methods?: readonly (Callable & { readonly name: string })[];
}

interface Callable {
  readonly parameters?: readonly { readonly name: string; readonly type: { readonly fqn?: string } }[];
}

/** What is fine in TypeScript and not in Python, Java or C#. */
export function faultsInOtherLanguages(assembly: Assembly, namesOfCdk: Set<string>): string[] {
  return [...structsThatAreNoKeywords(assembly), ...namesInTheWay(assembly, namesOfCdk)];
}

/** Python makes keywords of the last parameter only, where that is a struct: any other struct has to be built by hand, and translated examples do not. */
function structsThatAreNoKeywords({ types }: Assembly): string[] {
  return Object.entries(types).flatMap(([type, { methods = [], initializer }]) => {
    const callables = [...methods, ...(initializer ? [{ ...initializer, name: 'constructor' }] : [])];
    return callables.flatMap(({ name, parameters = [] }) => parameters
      .filter((parameter, index) => types[parameter.type.fqn ?? '']?.datatype && index < parameters.length - 1)
      .map((parameter) => `${type}.${name} takes the struct ${parameter.name} before another parameter: only the last becomes keywords in Python`));
  });
}

/** `import software.amazon.awscdk.*` beside `import …our package.*` makes a name that both have ambiguous in Java. */
function namesInTheWay({ types }: Assembly, namesOfCdk: Set<string>): string[] {
  return Object.keys(types)
    .filter((type) => namesOfCdk.has(type.slice(type.lastIndexOf('.') + 1)))
    .map((type) => `${type} has the name of a type in the root of aws-cdk-lib: wildcard imports of both do not compile in Java`);
}

/** The names of all types in the root of an assembly. */
export function rootNames({ name, types }: Assembly): Set<string> {
  return new Set(Object.keys(types).map((type) => type.slice(name.length + 1)).filter((type) => !type.includes('.')));
}

/** Reads an assembly, which may be a pointer to a compressed one. */
function read(file: string): Assembly {
  const content = JSON.parse(readFileSync(file, 'utf8')) as Assembly & { readonly schema: string; readonly filename: string };
  if (content.schema !== 'jsii/file-redirect') return content;
  return JSON.parse(gunzipSync(readFileSync(join(dirname(file), content.filename))).toString()) as Assembly;
}

/** Whether the compiled library is as good in other languages. */
export async function otherLanguages(): Promise<string> {
  const faults = faultsInOtherLanguages(read(join(ROOT, '.jsii')), rootNames(read(require.resolve('aws-cdk-lib/.jsii'))));
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return '';
}
