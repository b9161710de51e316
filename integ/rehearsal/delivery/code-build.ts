import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';
import { ObjectStore, run } from './object-store';
import { Credentials } from '../accounts/aws-api';
import { LocalAws } from '../local-aws';

/** A build as its template has it. */
export interface BuildProject {
  readonly Name: string;
  readonly ServiceRole: string;
  readonly Source: { readonly BuildSpec: string };
  readonly Environment: { readonly EnvironmentVariables: { Name: string; Value: string }[] };
  readonly VpcConfig?: { readonly VpcId: string };
  readonly EncryptionKey: string;
}

interface BuildSpec {
  readonly env?: { readonly 'exported-variables'?: string[] };
  readonly phases: Record<string, { commands?: string[] }>;
  readonly artifacts?: { readonly 'base-directory'?: string; readonly 'files': string[] };
}

/** What a build is told besides. */
export interface BuildInputs {
  /** Directories: the first is where it works, the others it knows by their names. */
  readonly sources: { name: string; directory: string }[];
  readonly variables: Record<string, string>;
  /** The programs that the build image has, or that a build's own installation brings. */
  readonly path?: string;
}

/** What a build made. */
export interface BuildResult {
  readonly directory?: string;
  readonly variables: Record<string, string>;
  readonly output: string;
}

/** Runs builds as CodeBuild does: as the project's role, which it becomes by the role's trust policy, in the project's VPC. */
export class CodeBuild {
  constructor(
    private readonly aws: LocalAws, private readonly store: ObjectStore,
    private readonly account: string, private readonly region: string,
  ) {}

  public become(project: BuildProject): Promise<Credentials> {
    const source = `arn:aws:codebuild:${this.region}:${this.account}:project/${project.Name}`;
    return this.aws.become(this.account, { service: 'codebuild.amazonaws.com', source, role: project.ServiceRole, vpc: project.VpcConfig?.VpcId });
  }

  /** The commands of all phases but the installation, which the machine of the rehearsal has behind it. */
  public async run(project: BuildProject, who: Credentials, { sources, variables, path }: BuildInputs): Promise<BuildResult> {
    const [{ directory }] = sources;
    const spec = this.spec(project, directory);
    const exported = spec.env?.['exported-variables'] ?? [];
    const told = join(directory, '..', 'exported.json');
    const commands = Object.entries(spec.phases).filter(([phase]) => phase !== 'install').flatMap(([, phase]) => phase.commands ?? []);
    const tell = `node -e 'fs.writeFileSync(${JSON.stringify(told)}, JSON.stringify(process.env))'`;
    const environment = this.store.environment(who);
    const output = await run('bash', ['-e', '-o', 'pipefail', '-c', [...commands, tell].join('\n')], {
      ...environment,
      ...path !== undefined && { PATH: `${path}:${environment.PATH}` },
      ...Object.fromEntries(project.Environment.EnvironmentVariables.map(({ Name, Value }) => [Name, Value])),
      ...variables,
      ...Object.fromEntries(sources.map((source) => [`CODEBUILD_SRC_DIR_${source.name}`, source.directory])),
      CODEBUILD_SRC_DIR: directory,
      CODEBUILD_RESOLVED_SOURCE_VERSION: '0123456789abcdef',
    }, directory).catch((error: Error) => { throw new Error(`the build ${project.Name}: ${error.message}`); });
    const known = JSON.parse(readFileSync(told, 'utf8')) as Record<string, string>;
    return {
      directory: spec.artifacts && this.artifacts(directory, spec.artifacts),
      variables: Object.fromEntries(exported.map((name) => [name, known[name]])),
      output,
    };
  }

  private spec(project: BuildProject, directory: string): BuildSpec {
    const { BuildSpec: said } = project.Source;
    return (said.trimStart().startsWith('{') ? JSON.parse(said) : parse(readFileSync(join(directory, said), 'utf8'))) as BuildSpec;
  }

  private artifacts(directory: string, { 'base-directory': base, files }: NonNullable<BuildSpec['artifacts']>): string {
    const from = base === undefined ? directory : join(directory, base);
    if (files.includes('**/*')) return from;
    const chosen = join(directory, '..', 'artifacts');
    mkdirSync(chosen, { recursive: true });
    for (const file of files) {
      if (!existsSync(join(from, file))) throw new Error(`no artifact ${file}`);
      writeFileSync(join(chosen, file), readFileSync(join(from, file)));
    }
    return chosen;
  }
}
