import { Offer, only, resources, templateOf, written } from './fixture';
import { ProjectBlueprint, SeedCode, SourceRepository } from '../../src';
import { Json } from '../templates/carried';

const CONNECTION = 'arn:aws:codeconnections:eu-west-1:111111111111:connection/0a1b2c3d';
const train = ProjectBlueprint.buildTrain();
const sourceOf = (made: Json) => only(made, 'AWS::CodePipeline::Pipeline').Stages[0].Actions[0] as Json;

/** What a role of an environment may do for a source: delivery pipelines, unless told otherwise. */
function permissions(source: SourceRepository, role = 'CodePipeline'): Json[] {
  const offer = new Offer();
  offer.add({ blueprint: train, source });
  const policies = Object.entries(offer.template().findResources('AWS::IAM::ManagedPolicy') as Record<string, Json>).filter(([id]) => id.startsWith(`Roles${role}`));
  return policies.flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement as Json[]);
}

describe('CodeCommit', () => {
  const made = templateOf(train);
  const [repository] = Object.values(resources(made, 'AWS::CodeCommit::Repository'));

  test('is what a project has unless told otherwise: a repository of its own, with the seed code on main', () => {
    expect(written(repository.Properties.RepositoryName as Json, made)).toBe('churn--forecast-p-1');
    expect(repository.Properties.Code).toEqual({
      BranchName: 'main', S3: { Bucket: { Ref: 'StorageTemplatesBucket' }, Key: expect.stringMatching(/^seed-code\/repository-[0-9a-f]{12}\.zip$/) },
    });
  });

  test('keeps people\'s work when the project goes', () => {
    expect(repository).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  });

  test('tells of a change by an event, instead of being asked again and again', () => {
    expect(sourceOf(made)).toMatchObject({ ActionTypeId: { Provider: 'CodeCommit' }, Configuration: { BranchName: 'main', PollForSourceChanges: false } });
    expect(only(made, 'AWS::Events::Rule', '-push').EventPattern).toEqual({
      'source': ['aws.codecommit'],
      'detail-type': ['CodeCommit Repository State Change'],
      'resources': [{ 'Fn::GetAtt': ['Repository', 'Arn'] }],
      'detail': { event: ['referenceCreated', 'referenceUpdated'], referenceType: ['branch'], referenceName: ['main'] },
    });
  });

  test('is empty for a blueprint without code', () => {
    const offer = new Offer();
    const context = { names: offer.foundation.names, deploymentStages: [], source: SourceRepository.codeCommit() };
    const template = train._bind(offer.stack, 'Empty', { ...context, publishProgram: () => ({ key: 'a', sha256: 'b' }), publishText: () => ({ key: 'c', sha256: 'c' }), publishTemplate: () => ({ key: 'c', sha256: 'c' }), publishMonitor: () => ({ key: 'd', sha256: 'd' }) });
    const [empty] = Object.values(resources(JSON.parse(offer.stack.resolve(template.templateText()) as string) as Json, 'AWS::CodeCommit::Repository'));
    expect(empty.Properties).not.toHaveProperty('Code');
  });
});

describe('a connection', () => {
  const fixed = templateOf(train, {}, { source: SourceRepository.codeConnection({ connectionArn: CONNECTION, fullRepositoryId: 'group/sub/name', branch: 'trunk' }) });
  const asked = templateOf(train, {}, { source: SourceRepository.codeConnection({ connectionArn: CONNECTION }) });

  test('to a repository that is known: the owner ends at the first slash', () => {
    expect(sourceOf(fixed)).toMatchObject({
      ActionTypeId: { Provider: 'CodeStarSourceConnection' },
      Configuration: { ConnectionArn: CONNECTION, FullRepositoryId: 'group/sub/name', BranchName: 'trunk' },
    });
    expect(fixed.Parameters).not.toHaveProperty('RepositoryName');
  });

  test('to a repository that people name when they launch', () => {
    expect(sourceOf(asked).Configuration).toMatchObject({
      FullRepositoryId: { 'Fn::Join': ['', [{ Ref: 'RepositoryOwner' }, '/', { Ref: 'RepositoryName' }]] }, BranchName: 'main',
    });
    expect(asked.Parameters).toMatchObject({ RepositoryOwner: { AllowedPattern: '[^/\\s]+' }, RepositoryName: { AllowedPattern: '\\S+' } });
  });

  test('makes no repository, and needs no rule: AWS starts the pipeline itself', () => {
    expect(resources(fixed, 'AWS::CodeCommit::Repository')).toEqual({});
    expect(resources(fixed, 'AWS::Events::Rule')).toEqual({});
  });

  test.each([CONNECTION, CONNECTION.replace('codeconnections', 'codestar-connections')])('as %s is allowed under both names of the service', (connectionArn) => {
    expect(permissions(SourceRepository.codeConnection({ connectionArn }))).toContainEqual({
      Effect: 'Allow',
      Action: ['codeconnections:UseConnection', 'codestar-connections:UseConnection'],
      Resource: [CONNECTION, CONNECTION.replace('codeconnections', 'codestar-connections')],
    });
  });

  test.each(['codeconnections', 'codestar-connections'])('may be passed to CodePipeline by who launches a project, and to nothing else, as %s', (service) => {
    expect(permissions(SourceRepository.codeConnection({ connectionArn: CONNECTION }), 'Launch')).toContainEqual({
      Effect: 'Allow',
      Action: `${service}:PassConnection`,
      Resource: [CONNECTION, CONNECTION.replace('codeconnections', 'codestar-connections')],
      Condition: { StringEquals: { [`${service}:PassedToService`]: 'codepipeline.amazonaws.com' } },
    });
  });
});

describe('a bucket', () => {
  const source = SourceRepository.s3('company-sources');
  const made = templateOf(train, {}, { source });

  test('holds the code of a project as an object of its name', () => {
    const { S3Bucket, S3ObjectKey, PollForSourceChanges } = sourceOf(made).Configuration as Json;
    expect([S3Bucket, written(S3ObjectKey as Json, made), PollForSourceChanges]).toEqual(['company-sources', 'churn--forecast-p-1/source.zip', false]);
  });

  test('tells of a new version by an event', () => {
    const { detail, ...pattern } = only(made, 'AWS::Events::Rule', '-push').EventPattern as Json;
    expect(pattern).toEqual({ 'source': ['aws.s3'], 'detail-type': ['Object Created'] });
    expect(detail.bucket).toEqual({ name: ['company-sources'] });
    expect(written(detail.object.key[0] as Json, made)).toBe('churn--forecast-p-1/source.zip');
  });

  test('may be read by the pipelines, and only the code of projects of this environment', () => {
    const objects = permissions(source).filter(({ Action }) => [Action].flat().includes('s3:GetObject')).map(({ Resource }) => JSON.stringify(Resource));
    expect(objects).toEqual([expect.stringContaining(':s3:::company-sources/churn--*/source.zip')]);
  });
});

describe('bad input', () => {
  const connection = (options: object) => () => SourceRepository.codeConnection({ connectionArn: CONNECTION, ...options });

  test.each<[string, () => unknown, string]>([
    ['what is no connection', connection({ connectionArn: 'github' }), '[SourceRepository.codeConnection] connectionArn must be the ARN of a connection, got "github"'],
    ['a repository without its owner', connection({ fullRepositoryId: 'name' }), '[SourceRepository.codeConnection] fullRepositoryId must be owner and name with a slash in between, such as my-team/forecast, got "name"'],
    ['a branch with spaces', connection({ branch: 'a b' }), '[SourceRepository.codeConnection] branch must be a name without spaces, such as main, got "a b"'],
    ['what is no bucket', () => SourceRepository.s3('Bucket_'), '[SourceRepository.s3] bucketName must be the name of a bucket, such as code-of-the-team, got "Bucket_"'],
    ['seed code for a repository that exists', () => new Offer().add({ blueprint: train, source: SourceRepository.codeConnection({ connectionArn: CONNECTION }), seedCode: SeedCode.train() }),
      '[Stack/Offered] seedCode must not be given for a repository that exists already, got'],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});
