import { Match, Template } from 'aws-cdk-lib/assertions';
import { production, staging, target } from './fixture';

describe('a deployment target', () => {
  const template = Template.fromStack(target().stack);

  test('holds no function and no custom resource', () => {
    const types = Object.values(template.toJSON().Resources as Record<string, { Type: string }>).map(({ Type }) => Type);
    expect(types.filter((type) => /Lambda|Custom/.test(type))).toEqual([]);
  });

  test('lets in exactly the administration role of the environment\'s stack sets', () => {
    template.hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'churn--staging--deployment-eu-west-1',
      AssumeRolePolicyDocument: {
        Statement: [{
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::111111111111:root']] } },
          Condition: {
            ArnEquals: {
              'aws:PrincipalArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::111111111111:role/churn--stack-set-administrator-eu-west-1']] },
            },
          },
        }],
      },
    });
  });

  test('of a unit lets nobody in from another organization', () => {
    Template.fromStack(target({ stage: production }).stack).hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'churn--production--deployment-eu-west-1',
      AssumeRolePolicyDocument: { Statement: [Match.objectLike({ Condition: Match.objectLike({ StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg' } }) })] },
    });
  });

  test('reads released models by the name of their bucket and the alias of their key', () => {
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({
          Action: 'kms:Decrypt',
          Condition: {
            'StringEquals': { 'kms:ViaService': { 'Fn::Join': ['', ['s3.eu-west-1.', { Ref: 'AWS::URLSuffix' }]] } },
            'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/churn--releases' },
          },
        })]),
      },
    });
  });

  test('says in its registry what endpoint stacks need', () => {
    for (const what of ['network/subnet-ids', 'network/security-group-ids', 'encryption/volumes-key-arn', 'encryption/capture-key-arn', 'storage/capture-bucket', 'identity/model-role-arn']) {
      template.hasResourceProperties('AWS::SSM::Parameter', { Name: `/secure-mlops/churn/staging/${what}` });
    }
  });

  test('fits inline into a stack set', () => {
    const { stack } = target({ stage: production }, {});
    expect(JSON.stringify(Template.fromStack(stack).toJSON()).length).toBeLessThan(51_200);
  });

  test('keeps captured requests and keys unless told otherwise twice', () => {
    template.allResources('AWS::S3::Bucket', { DeletionPolicy: 'RetainExceptOnCreate' });
    template.allResources('AWS::KMS::Key', { DeletionPolicy: 'RetainExceptOnCreate' });
  });
});

describe('a target is refused', () => {
  test('in an account that is none of the stage\'s', () => {
    expect(() => target({ stage: staging }, { account: '444444444444', region: 'eu-west-1' }))
      .toThrow("[Target/Churn] account of the stack must be one of those of the stage 'staging', 222222222222, got \"444444444444\"");
  });

  test('in another region than the environment\'s', () => {
    expect(() => target({}, { account: '222222222222', region: 'us-east-1' })).toThrow("region of the stack must be the environment's, eu-west-1, got \"us-east-1\"");
  });
});
