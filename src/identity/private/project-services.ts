import { Stack } from 'aws-cdk-lib';
import { IPrincipal, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** CodeBuild, for these projects of the account. @see https://docs.aws.amazon.com/codebuild/latest/userguide/cross-service-confused-deputy-prevention.html */
export function codeBuild(scope: Construct, projects: string): IPrincipal {
  return service(scope, 'codebuild', here(scope, 'codebuild', `project/${projects}`));
}

/** CodePipeline, for this account: it does not name the pipeline. @see https://docs.aws.amazon.com/codepipeline/latest/userguide/cross-service-confused-deputy-prevention.html */
export function codePipeline(scope: Construct): IPrincipal {
  return service(scope, 'codepipeline');
}

/** EventBridge, for these rules of the account. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html */
export function eventRules(scope: Construct, rules: string): IPrincipal {
  return service(scope, 'events', here(scope, 'events', `rule/${rules}`));
}

/**
 * Service Catalog, launching for this account. No page of AWS says that it sends for whom, so it must be this account where it
 * does. Nobody makes a launch constraint with the role who may not pass it.
 *
 * @see https://docs.aws.amazon.com/servicecatalog/latest/adminguide/constraints-launch.html
 */
export function serviceCatalog(scope: Construct): IPrincipal {
  return service(scope, 'servicecatalog', undefined, 'IfExists');
}

/** CloudFormation, for the stacks of projects whose templates are in S3, likewise. SageMaker names them `SP-…`. */
export function projectStacks(scope: Construct): IPrincipal {
  return service(scope, 'cloudformation', here(scope, 'cloudformation', 'stack/SP-*'), 'IfExists');
}

function here(scope: Construct, name: string, resource: string): string {
  const { partition, region, account } = Stack.of(scope);
  return `arn:${partition}:${name}:${region}:${account}:${resource}`;
}

function service(scope: Construct, name: string, source?: string, when: '' | 'IfExists' = ''): IPrincipal {
  return new ServicePrincipal(`${name}.amazonaws.com`, {
    conditions: {
      [`StringEquals${when}`]: { 'aws:SourceAccount': Stack.of(scope).account },
      ...source !== undefined && { [`ArnLike${when}`]: { 'aws:SourceArn': source } },
    },
  });
}
