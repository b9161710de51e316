import { existsSync, readdirSync, readFileSync } from 'fs';
import { dirname, join } from 'path';
import { sharedPython } from '../../python/shared-python';

/** What CloudFormation does with a resource. */
export type Operation = 'create' | 'read' | 'update' | 'delete' | 'list';

/** The parts of a resource type's schema that tests ask for. */
export interface RegistrySchema {
  readonly typeName: string;
  /** JSON pointers of the properties that a resource is known by. */
  readonly primaryIdentifier?: string[];
  /** JSON pointers of what AWS decides. */
  readonly readOnlyProperties?: string[];
  /** JSON pointers of what a resource is replaced for. */
  readonly createOnlyProperties?: string[];
  /** The same of what it is replaced for at times. */
  readonly conditionalCreateOnlyProperties?: string[];
  readonly handlers?: Partial<Record<Operation, { readonly permissions: string[] }>>;
  readonly tagging?: { readonly taggable?: boolean; readonly tagOnCreate?: boolean; readonly permissions?: string[] };
}

/** A permission that a handler of a resource in a template asks for. */
export interface AskedPermission {
  readonly logicalId: string;
  readonly type: string;
  readonly operation: Operation;
  readonly action: string;
}

interface Template { readonly Resources?: Record<string, { readonly Type: string }> }

/** What somebody who deploys needs: a list is asked for by people who look around and by nobody who deploys. */
export const DEPLOYING: Operation[] = ['create', 'read', 'update', 'delete'];

/**
 * The CloudFormation registry as AWS publishes it, in the schemas that cfn-lint carries.
 *
 * @see https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html
 */
export class Registry {
  /** The registry of a region, from the cfn-lint that the project pins. */
  public static async of(region = 'us-east-1'): Promise<Registry> {
    const schemas = join(sitePackages(await sharedPython()), 'cfnlint', 'data', 'schemas');
    return new Registry(schemas, JSON.parse(readFileSync(join(schemas, 'providers', `${region}.json`), 'utf8')) as Record<string, string>);
  }

  private readonly read = new Map<string, RegistrySchema>();

  private constructor(private readonly schemas: string, private readonly files: Record<string, string>) {}

  /** The schema of a type. */
  public schema(type: string): RegistrySchema {
    const file = this.files[type];
    if (file === undefined) throw new Error(`the registry does not know ${type} here`);
    const schema = this.read.get(type) ?? JSON.parse(readFileSync(join(this.schemas, 'resources', `${file}.json`), 'utf8')) as RegistrySchema;
    this.read.set(type, schema);
    return schema;
  }

  /** What the handlers of a type ask for, sorted. */
  public permissions(type: string, operations = DEPLOYING): string[] {
    const { handlers = {} } = this.schema(type);
    return [...new Set(operations.flatMap((operation) => handlers[operation]?.permissions ?? []))].sort();
  }

  /** What the handlers of every resource in a template ask for. */
  public askedBy({ Resources = {} }: Template, operations = DEPLOYING): AskedPermission[] {
    return Object.entries(Resources).flatMap(([logicalId, { Type: type }]) => operations.flatMap((operation) =>
      [...new Set(this.schema(type).handlers?.[operation]?.permissions)].map((action) => ({ logicalId, type, operation, action }))));
  }
}

/** Where the packages of a virtual environment are. */
function sitePackages(python: string): string {
  const environment = dirname(dirname(python));
  const lib = join(environment, 'lib');
  const candidates = existsSync(lib) ? readdirSync(lib).map((version) => join(lib, version, 'site-packages')) : [];
  const found = [...candidates, join(environment, 'Lib', 'site-packages')].find((path) => existsSync(join(path, 'cfnlint')));
  if (!found) throw new Error(`there is no cfn-lint in ${environment}`);
  return found;
}
