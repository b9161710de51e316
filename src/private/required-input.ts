import { Duration, Token } from 'aws-cdk-lib';
import { ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import { IRepository } from 'aws-cdk-lib/aws-ecr';
import { IGrantable, IRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { BrokenRule, ErrorScope, ValidationError } from './invalid-input';

const WHERE_FROM = 'It is undefined where process.env or a file lacks it';

/** What something that has to be given must be: the rules that what stands there breaks. */
export type Kind = (property: string, value: unknown) => BrokenRule[];

/** Names of the members of a struct that have to be given. */
type Required<T> = { [K in keyof T]-?: object extends Pick<T, K> ? never : K }[keyof T];
/** What each of them must be. */
export type Kinds<T> = { readonly [K in Required<T>]: Kind };

/**
 * Refuses a call that lacks something, or was given something else. Types say so as well, but not to callers from JavaScript,
 * nor where somebody overrules them: `process.env.ACCOUNT!` is `undefined` where it is not set.
 */
export function checkRequired<T extends object>(scope: ErrorScope, given: T, kinds: Kinds<T>): void {
  const broken = structOf<T>(kinds)('', given);
  if (broken.length > 0) throw new ValidationError(scope, broken);
}

/** Something that is recognized by itself, and what it is. */
export function kind(what: string, holds: (value: unknown) => boolean): Kind {
  return (property, value) => {
    if (value === undefined || value === null) return [{ property, value, rule: 'be given', remedy: `Give ${what}. ${WHERE_FROM}` }];
    return Token.isUnresolved(value) || holds(value) ? [] : [{ property, value, rule: `be ${what}` }];
  };
}

/** Something that is recognized by a member, whoever made it. */
export function like<T>(member: keyof T & string, what: string): Kind {
  return kind(what, (value) => typeof value === 'object' && member in (value as object));
}

/** A member of an enumeration. */
export function oneOf(enumeration: object, name: string): Kind {
  return kind(`one of ${name}`, (value) => Object.values(enumeration).includes(value));
}

/** A list, each element of which is of a kind. */
export function listOf(element: Kind): Kind {
  return (property, value) => {
    const broken = kind('a list', Array.isArray)(property, value);
    return broken.length > 0 || Token.isUnresolved(value) ? broken : (value as unknown[]).flatMap((one, index) => element(`${property}.${index}`, one));
  };
}

/** A struct with these members, and others that are not asked for. */
export function structOf<T extends object>(kinds: Kinds<T>): Kind {
  return (property, value) => Object.entries<Kind>(kinds).flatMap(([name, member]) =>
    member(property === '' ? name : `${property}.${name}`, (value as Record<string, unknown> | undefined | null)?.[name]));
}

/** Something that a more precise rule looks at afterwards. */
export const ANYTHING: Kind = (property, value) => (value === undefined || value === null ? [{ property, value, rule: 'be given', remedy: WHERE_FROM }] : []);
export const TEXT = kind('a text that is not empty', (value) => typeof value === 'string' && value !== '');
export const DURATION = like<Duration>('toSeconds', 'a Duration, such as Duration.hours(1)');
export const VPC = like<IVpc>('vpcId', 'a VPC, such as Vpc.fromLookup(…)');
export const SUBNETS = listOf(like<ISubnet>('subnetId', 'a subnet, such as one of vpc.isolatedSubnets'));
export const SECURITY_GROUP = like<ISecurityGroup>('securityGroupId', 'a security group, such as SecurityGroup.fromSecurityGroupId(…)');
export const KEY = like<IKey>('keyArn', 'a key, such as Key.fromKeyArn(…)');
export const ROLE = like<IRole>('roleArn', 'a role, such as Role.fromRoleArn(…)');
export const GRANTEE = like<IGrantable>('grantPrincipal', 'somebody to grant something to, such as a role');
export const BUCKET = like<IBucket>('bucketArn', 'a bucket, such as Bucket.fromBucketName(…)');
export const REPOSITORY = like<IRepository>('repositoryArn', 'a repository, such as Repository.fromRepositoryName(…)');
