import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { GatewayVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { PolicyDocument, PolicyStatement, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { PerimeterApp } from './perimeter-app';
import { EnvironmentRole, KeyPurpose } from '../../src/names';
import { BucketKind } from '../../src/perimeter';
import { PolicyStatement as Statement } from '../access/policy-document';

const jsonOf = (app: PerimeterApp, statements: PolicyStatement[]) => app.stack.resolve(statements.map((one) => one.toStatementJson())) as Statement[];
const textOf = (app: PerimeterApp, statements: PolicyStatement[]) => JSON.stringify(jsonOf(app, statements));

describe('an S3 endpoint', () => {
  const s3Policies = (app: PerimeterApp) => Object.values(Template.fromStack(app.stack).findResources('AWS::EC2::VPCEndpoint', { Properties: { VpcEndpointType: 'Gateway' } }))
    .map(({ Properties }) => (Properties.PolicyDocument as { Statement: Statement[] }).Statement);

  test('of somebody else needs what ours has, with data sources and answers to CloudFormation that were opened later', () => {
    const app = new PerimeterApp();
    app.perimeter.allowDataSource(Bucket.fromBucketName(app.stack, 'Warehouse', 'warehouse'), 'sales/', false);
    app.perimeter.trustCloudFormationResponses();
    const required = jsonOf(app, app.perimeter.requiredS3EndpointStatements());
    expect([required]).toEqual(s3Policies(app));
    expect(JSON.stringify(required)).toContain(':s3:::warehouse/sales/*');
    expect(required.map(({ Sid }) => Sid)).toContain('CloudFormationResponses');
  });

  test('of somebody else keeps its policy, and its owner is told where to find what it needs', () => {
    const app = new PerimeterApp({}, (stack) => ({ s3Endpoint: GatewayVpcEndpoint.fromGatewayVpcEndpointId(stack, 'S3', 'vpce-0123456789abcdef0') }));
    expect(s3Policies(app)).toEqual([]);
    expect(textOf(app, app.perimeter.requiredS3EndpointStatements())).toContain('EnvironmentBuckets');
    Annotations.fromStack(app.stack).hasInfo('/Perimeter/Boundary', Match.stringLikeRegexp('The S3 endpoint was brought from outside.*requiredS3EndpointStatements says how'));
  });

  test('with a policy that its user gave keeps it', () => {
    const own = new PolicyStatement({ sid: 'Own', principals: [new StarPrincipal()], actions: ['s3:GetObject'], resources: ['*'] });
    const app = new PerimeterApp({}, () => ({ s3Policy: new PolicyDocument({ statements: [own] }) }));
    app.perimeter.allowDataSource(Bucket.fromBucketName(app.stack, 'Warehouse', 'warehouse'), 'sales/', false);
    expect(s3Policies(app).flat().map(({ Sid }) => Sid)).toEqual(['Own']);
  });
});

describe('a role of somebody else', () => {
  const GIVEN = 'arn:aws:iam::111111111111:role/theirs';

  test('stands in for ours in the policies of buckets and keys', () => {
    const app = new PerimeterApp({}, undefined, [[EnvironmentRole.PIPELINE_EXECUTION, GIVEN]]);
    const { Resources } = Template.fromStack(app.stack).toJSON() as { Resources: Record<string, { Type: string }> };
    const policies = JSON.stringify(Object.values(Resources).filter(({ Type }) => ['AWS::S3::BucketPolicy', 'AWS::KMS::Key'].includes(Type)));
    expect(policies).toContain(GIVEN);
    expect(policies).not.toContain('--pipeline-execution-');
    expect(policies).toContain('--studio-execution-');
  });

  test('stands in for ours in what owners of buckets and keys must add', () => {
    const app = new PerimeterApp({}, undefined, [[EnvironmentRole.JOB_EXECUTION, GIVEN], [EnvironmentRole.PIPELINE_EXECUTION, `${GIVEN}-pipelines`]]);
    const bucket = Bucket.fromBucketName(app.stack, 'Given', 'given');
    expect(textOf(app, app.perimeter.requiredBucketStatements(bucket, BucketKind.REPORTS))).toContain(GIVEN);
    expect(textOf(app, app.perimeter.requiredKeyStatements(KeyPurpose.ARTIFACTS))).toContain(`"${GIVEN}"`);
    expect(textOf(app, app.perimeter.requiredKeyStatements(KeyPurpose.ARTIFACTS))).not.toContain('--job-execution-');
  });
});
