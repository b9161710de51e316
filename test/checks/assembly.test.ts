import { mkdtempSync, readdirSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Aspects, CfnOutput, CfnParameter, CfnResource, Fn, IAspect, NestedStack, Stack, StackProps, Validations } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnManagedPolicy, CfnRole, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { CfnEndpoint, CfnModel, CfnNotebookInstance } from 'aws-cdk-lib/aws-sagemaker';
import { CfnParameter as SsmParameter } from 'aws-cdk-lib/aws-ssm';
import { IConstruct } from 'constructs';
import { templatesOf } from '../../src/checks/core/assembly';
import { look } from '../../src/checks/core/look';
import { RULES } from '../../src/checks/rules/all';

const folder = mkdtempSync(join(tmpdir(), 'assembly-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What rules say of the stacks of an app, and of the stacks in these. */
function said(rule: string, build: (app: App) => unknown, only: (file: string) => boolean = () => true): string[] {
  const app = new App({ outdir: mkdtempSync(join(folder, 'out-')), analyticsReporting: false });
  build(app);
  const { directory } = app.synth();
  const files = readdirSync(directory).filter((file) => file.endsWith('.template.json') && !file.endsWith('.nested.template.json') && only(file)).map((file) => join(directory, file));
  return templatesOf(files).flatMap(({ template, reasonOf }) => look(template, RULES.filter(({ id }) => id === rule), reasonOf))
    .map(({ kind, resource, message, reason }) => `${reason === undefined ? kind : 'acknowledged'}: ${resource.logicalId}: ${message}`);
}

const notebook = (scope: Stack, id: string, rootAccess?: string) => new CfnNotebookInstance(scope, id, { instanceType: 'ml.t3.medium', roleArn: 'role', rootAccess });
const ROOT = 'NotebookRootAccess';
const NO_POLICY = /^violation: Bucket\w+: The bucket has no policy\.$/;
const denying = (bucket: Bucket) => ({
  Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [bucket.bucketArn, `${bucket.bucketArn}/*`], Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } } }],
});

describe('stacks of an app are looked at together', () => {
  const exporting = (value: string) => (app: App) => {
    new CfnOutput(new Stack(app, 'Producer'), 'Root', { exportName: 'root', value });
    notebook(new Stack(app, 'Consumer'), 'Notebook', Fn.importValue('root'));
  };

  test('what one exports, another imports', () => {
    expect(said(ROOT, exporting('Disabled'))).toEqual([]);
    expect(said(ROOT, exporting('Enabled'))).toEqual(['violation: Notebook: RootAccess is Enabled.']);
  });

  test('without the stack that exports it, what is imported is not known', () => {
    expect(said(ROOT, exporting('Disabled'), (file) => file.startsWith('Consumer'))).toEqual(['unknown: Notebook: RootAccess is made by Fn::ImportValue.']);
  });

  test('of a stack in another account or region nothing is imported', () => {
    const build = (env: StackProps['env']) => (app: App) => {
      new CfnOutput(new Stack(app, 'Producer', { env }), 'Root', { exportName: 'root', value: 'Disabled' });
      notebook(new Stack(app, 'Consumer', { env: { account: '111111111111', region: 'eu-west-1' } }), 'Notebook', Fn.importValue('root'));
    };
    expect(said(ROOT, build({ account: '111111111111', region: 'eu-west-1' }))).toEqual([]);
    expect(said(ROOT, build({ account: '111111111111', region: 'eu-west-2' }))).toHaveLength(1);
    expect(said(ROOT, build({ account: '222222222222', region: 'eu-west-1' }))).toHaveLength(1);
  });

  test('an export that two stacks have is nobody\'s', () => {
    expect(said(ROOT, (app) => {
      exporting('Disabled')(app);
      new CfnOutput(new Stack(app, 'Second'), 'Root', { exportName: 'root', value: 'Disabled' });
    })).toHaveLength(1);
  });

  test('a name with the stack in it is that of the stack', () => {
    expect(said(ROOT, (app) => {
      new CfnOutput(new Stack(app, 'Producer', { stackName: 'first' }), 'Root', { exportName: Fn.sub('${AWS::StackName}-root'), value: 'Disabled' });
      notebook(new Stack(app, 'Consumer'), 'Notebook', Fn.importValue('first-root'));
    })).toEqual([]);
  });

  test.each([['by its type', (scope: Stack) => new CfnParameter(scope, 'Root', { type: 'AWS::SSM::Parameter::Value<String>', default: '/root' }).valueAsString], ['by a dynamic reference', () => '{{resolve:ssm:/root}}']])('a parameter of Systems Manager that one writes, another reads %s', (_, read) => {
    expect(said(ROOT, (app) => {
      new SsmParameter(new Stack(app, 'Producer'), 'Parameter', { name: '/root', type: 'String', value: 'Enabled' });
      const stack = new Stack(app, 'Consumer');
      notebook(stack, 'Notebook', read(stack));
    })).toEqual(['violation: Notebook: RootAccess is Enabled.']);
  });

  test('the policy of a bucket may be in another stack', () => {
    const build = (app: App) => {
      const bucket = new Bucket(new Stack(app, 'Data'), 'Bucket');
      new CfnBucketPolicy(new Stack(app, 'Policies'), 'Policy', { bucket: bucket.bucketName, policyDocument: denying(bucket) });
    };
    expect(said('BucketPerimeter', build)).toEqual([]);
    expect(said('BucketPerimeter', build, (file) => file.startsWith('Data'))).toEqual([expect.stringMatching(NO_POLICY)]);
  });

  test('a policy of a role, and its permissions boundary, may be in another stack', () => {
    const policy = (scope: Stack, statement: object, roles: string[] = []) => new CfnManagedPolicy(scope, 'Policy', { policyDocument: { Statement: [statement] }, roles });
    const all = { Effect: 'Allow', Action: '*', Resource: '*' };
    expect(said('ExecutionRoleWildcards', (app) => {
      const role = new Role(new Stack(app, 'Roles'), 'Role', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
      policy(new Stack(app, 'Policies'), all, [role.roleName]);
    })).toEqual([expect.stringMatching(/^violation: Role\w+: Policy, PolicyDocument\.Statement\.0 allows \* on every resource\.$/)]);
    expect(said('ExecutionRoleWildcards', (app) => {
      const { ref } = policy(new Stack(app, 'Policies'), all);
      new CfnRole(new Stack(app, 'Roles'), 'Role', { assumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'sagemaker.amazonaws.com' } }] }, managedPolicyArns: [ref] });
    })).toEqual(['violation: Role: Policy, PolicyDocument.Statement.0 allows * on every resource.']);
  });

  test('the alarm of an endpoint may be in another stack', () => {
    expect(said('EndpointAlarms', (app) => {
      const endpoint = new CfnEndpoint(new Stack(app, 'Endpoints'), 'Endpoint', { endpointConfigName: 'config' });
      new CfnAlarm(new Stack(app, 'Alarms'), 'Alarm', { comparisonOperator: 'GreaterThanThreshold', evaluationPeriods: 1, dimensions: [{ name: 'EndpointName', value: endpoint.attrEndpointName }] });
    })).toEqual([]);
  });

  test('the account of an app is its own', () => {
    const build = (account: string) => (app: App) => new CfnModel(new Stack(app, 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } }), 'Model', {
      executionRoleArn: 'role', primaryContainer: { image: `${account}.dkr.ecr.eu-west-1.amazonaws.com/churn:1` },
    });
    expect(said('ModelImageRegistry', build('111111111111'))).toEqual([]);
    expect(said('ModelImageRegistry', build('222222222222'))).toEqual([expect.stringContaining('whose account that is only you know')]);
  });
});

describe('stacks in stacks', () => {
  test('are looked at, with the parameters that their parents give them', () => {
    expect(said(ROOT, (app) => {
      const nested = new NestedStack(new Stack(app, 'Stack'), 'Inner', { parameters: { Root: 'Enabled' } });
      notebook(nested, 'Notebook', new CfnParameter(nested, 'Root', { default: 'Disabled' }).valueAsString);
    })).toEqual(['violation: Notebook: RootAccess is Enabled.']);
  });

  test('give their parents what they put out', () => {
    expect(said(ROOT, (app) => {
      const stack = new Stack(app, 'Stack'), nested = new NestedStack(stack, 'Inner');
      new CfnOutput(nested, 'Root', { value: 'Disabled' });
      const resource = nested.nestedStackResource as CfnResource;
      notebook(stack, 'Notebook', Fn.getAtt(resource.logicalId, 'Outputs.Root').toString());
    })).toEqual([]);
  });

  test('are acknowledged by their constructs, where a resource of the parent has the same name', () => {
    const build = (at: (stack: Stack, nested: NestedStack) => IConstruct) => (app: App) => {
      const stack = new Stack(app, 'Stack'), nested = new NestedStack(stack, 'Inner');
      for (const scope of [stack, nested]) notebook(scope, 'Notebook');
      // What names the construct in the template may be switched off.
      Aspects.of(app).add(new WithoutPaths());
      Validations.of(at(stack, nested)).acknowledge({ id: 'SecureMlops-NotebookRootAccess', reason: 'Taught in class.' });
    };
    const kinds = (at: (stack: Stack, nested: NestedStack) => IConstruct) => said(ROOT, build(at)).map((one) => one.split(':')[0]);
    expect(kinds((_, nested) => nested)).toEqual(['violation', 'acknowledged']);
    expect(kinds((stack) => stack.node.findChild('Notebook'))).toEqual(['acknowledged', 'violation']);
    expect(kinds((stack) => stack)).toEqual(['acknowledged', 'acknowledged']);
  });
});

/** As `pathMetadata: false` makes templates. */
class WithoutPaths implements IAspect {
  public visit(node: IConstruct): void {
    if (CfnResource.isCfnResource(node)) node.addOverride('Metadata.aws:cdk:path', undefined);
  }
}
