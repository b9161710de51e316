import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Conditions } from '../conditions';

/** A bucket and its objects. */
export function everythingOf(bucket: IBucket): string[] {
  return [bucket.bucketArn, bucket.arnForObjects('*')];
}

/** A negated condition also holds where the key is missing, as it is for anonymous requests. */
export function exceptFor(arns: string[]): Conditions {
  return { ArnNotEquals: { 'aws:PrincipalArn': arns } };
}

/** IAM takes no empty list of values. */
export function orNobody(exempt: string[]): Conditions {
  return exempt.length > 0 ? exceptFor(exempt) : {};
}

export function denyAllBut(sid: string, notActions: string[], resources: string[], conditions: Conditions): PolicyStatement {
  return new PolicyStatement({ sid, effect: Effect.DENY, principals: [new AnyPrincipal()], notActions, resources, conditions });
}

export function deny(sid: string, actions: string[], resources: string[], conditions: Conditions): PolicyStatement {
  return new PolicyStatement({ sid, effect: Effect.DENY, principals: [new AnyPrincipal()], actions, resources, conditions });
}
