import { Json } from '../../templates/carried';

/** Builds of project templates, and who works in them. */
const WORKS_AS: [RegExp, string][] = [[/^Release/, 'release'], [/^Accounts/, 'accountsBuild'], [/./, 'codeBuild']];
const FETCHES = /^aws s3(api)? (cp|get-object)\b.*\$\{?TEMPLATES_BUCKET\b.*\s"?([^\s"]+)"?$/;

/**
 * Roles of the builds of a project template that run what a launcher can exchange: builds that fetch something without comparing
 * it with a digest in the template, where the template takes another place than the environment's to fetch it from.
 */
export function exchangeable(template: Json): string[] {
  if (parametersOf(template).every(isFixed)) return [];
  const trusting = buildsOf(template).filter(([, commands]) => commands.some((command, at) => isUnchecked(command, commands.slice(at + 1))));
  return [...new Set(trusting.map(([id]) => roleOf(id)))];
}

function parametersOf({ Parameters = {} }: Json): Json[] {
  return (Object.values(Parameters as Json) as Json[]).filter(({ Type }) => (Type as string).startsWith('AWS::SSM::'));
}

function isFixed({ AllowedValues, Default }: Json): boolean {
  return Array.isArray(AllowedValues) && AllowedValues.length === 1 && AllowedValues[0] === Default;
}

function isUnchecked(command: string, later: string[]): boolean {
  const file = FETCHES.exec(command)?.[3];
  return file !== undefined && !later.some((next) => next.includes('sha256sum --check') && next.includes(file));
}

function buildsOf({ Resources }: Json): [string, string[]][] {
  const builds = Object.entries(Resources as Record<string, Json>).filter(([, { Type, Properties }]) => (
    Type === 'AWS::CodeBuild::Project' && String((Properties as Json).Source.BuildSpec).startsWith('{')));
  return builds.map(([id, { Properties }]) => {
    const { phases } = JSON.parse((Properties as Json).Source.BuildSpec as string) as { phases: { build: { commands: string[] } } };
    return [id, phases.build.commands];
  });
}

function roleOf(build: string): string {
  return WORKS_AS.find(([pattern]) => pattern.test(build))![1];
}
