import { PublishedFile } from './blueprint-context';

/** What the first build of a pipeline leaves for the steps after it. */
export const RELEASE = 'release';

/** A file that goes along with a release, by the name that it has there. */
export interface PublishedPart extends PublishedFile {
  readonly file: string;
}

/** Phases of a build that runs a program of the library's. They have no needs but Node.js, which the build image has. */
export function phasesOf(...commands: string[]): Record<string, unknown> {
  return { install: { 'runtime-versions': { nodejs: 22 } }, build: { commands } };
}

/** Fetches what was published, and stops if it is something else. */
export function fetch({ key, sha256 }: PublishedFile, file: string): string[] {
  return [
    `aws s3 cp --only-show-errors "s3://$TEMPLATES_BUCKET/${key}" ${file}`,
    `echo "${sha256}  ${file}" | sha256sum --check --quiet`,
  ];
}

/** Begins what is handed on with the parts that the template brings, and fetches the program that makes the rest. */
export function beginRelease(program: PublishedFile, file: string, parts: PublishedPart[]): string[] {
  return [
    `rm -rf ${RELEASE} && mkdir ${RELEASE}`, // the repository's, if it has one: what is handed on is made here
    ...fetch(program, file),
    ...parts.flatMap((part) => fetch(part, `${RELEASE}/${part.file}`)),
  ];
}

/** Everything that was begun, and nothing besides. */
export const RELEASED = { 'base-directory': RELEASE, 'files': ['**/*'] };
