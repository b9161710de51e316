import { Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Offer } from './fixture';
import { DeploymentStage, ModelApproval, ProjectBlueprint } from '../../src';
import { bundleOf } from '../../src/private/bundles';
import { Json } from '../templates/carried';

const train = ProjectBlueprint.buildTrain(), deploy = ProjectBlueprint.deploy();

describe('what is published', () => {
  const offer = new Offer({ deploymentStages: [DeploymentStage.sameAccount('live')] });
  for (const [id, blueprint] of Object.entries({ A: train, B: ProjectBlueprint.buildTrain(), C: deploy, D: deploy })) offer.add({ blueprint }, id);
  const inFolder = (folder: string) => offer.objects().map(({ Key }) => Key as string).filter((key) => key.startsWith(`${folder}/`));

  test('holds each program once, whoever uses it', () => {
    expect(inFolder('programs').map((key) => key.replace(/-[0-9a-f]{12}/, ''))).toEqual(['programs/release.js', 'programs/deployment-accounts.js']);
  });

  test('holds equal seed code once: an object has one owner, who removes it', () => {
    expect(inFolder('seed-code')).toHaveLength(2);
  });

  test('never has two owners of an object, but of parts of equal templates, which both leave them', () => {
    const keys = offer.objects().map(({ Key }) => Key as string);
    const twice = keys.filter((key, index) => keys.indexOf(key) !== index);
    expect(twice.map((key) => key.replace(/-[0-9a-f]{12}/, ''))).toEqual(['parts/endpoint-live.json', 'parts/stage-live.json']);
    offer.template().allResources('Custom::PublishedObjects', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  test('is under keys that the handler takes', () => {
    expect(offer.objects().filter(({ Key }) => !/^[\w!.*'()/-]{1,512}$/.test(Key as string))).toEqual([]);
  });

  test('holds programs as they are shipped', () => {
    expect(Buffer.from(offer.bytesOf('programs/release.js')).toString('utf8')).toBe(bundleOf('release'));
  });

  test('says the name of a program\'s object by its content', () => {
    const [first] = offer.objects().filter(({ Key }) => (Key as string).startsWith('programs/release'));
    const other = new Offer();
    expect(other.stack.resolve(other.foundation._program('release').key)).toBe(first.Key);
  });
});

describe('the registry', () => {
  const topic = Topic.fromTopicArn(new Stack(), 'Topic', 'arn:aws:sns:eu-west-1:111111111111:approvals');
  const offer = new Offer({
    deploymentStages: [DeploymentStage.sameAccount('first'), DeploymentStage.sameAccount('live', { approval: ModelApproval.manual({ notificationTopic: topic }) })],
  });
  const parameters = () => Object.fromEntries((Object.values(offer.template().findResources('AWS::SSM::Parameter')) as Json[])
    .map(({ Properties }) => [Properties.Name as string, Properties.Value as Json]));

  test('says where artifacts, templates and topics of approvals are', () => {
    expect(parameters()).toEqual({
      '/secure-mlops/churn/storage/artifacts-bucket': { Ref: expect.stringMatching(/^Artifacts/) },
      '/secure-mlops/churn/storage/templates-bucket': { Ref: expect.stringMatching(/^Templates/) },
      '/secure-mlops/churn/projects/undelivered-events-queue-arn': { 'Fn::GetAtt': [expect.stringMatching(/^UndeliveredEvents/), 'Arn'] },
      '/secure-mlops/churn/projects/live-approval-topic-arn': 'arn:aws:sns:eu-west-1:111111111111:approvals',
    });
  });
});

describe('the role that publishes', () => {
  const template = new Offer({ rolePath: '/company/' }).template();

  test('has the name and path that the environment gives it', () => {
    template.hasResourceProperties('AWS::IAM::Role', { RoleName: 'churn--publisher-eu-west-1', Path: '/company/' });
  });

  test('writes objects of the templates bucket, and no others', () => {
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      Description: 'Publishes project templates and seed code',
      PolicyDocument: {
        Statement: Match.arrayWith([{
          Effect: 'Allow',
          Action: ['s3:PutObject', 's3:PutObjectTagging', 's3:GetObjectTagging', 's3:DeleteObject'],
          Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^Templates'), 'Arn'] }, '/*']] },
        }]),
      },
    });
  });
});

test('without templates, there is nothing but what templates stand on', () => {
  const template = new Offer().template();
  template.resourceCountIs('Custom::PublishedObjects', 0);
  template.resourceCountIs('AWS::ServiceCatalog::Portfolio', 0);
});
