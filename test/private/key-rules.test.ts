import { App, Stack } from 'aws-cdk-lib';
import { Alias, IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  CrossAccountDeploymentTarget, DataScienceEnvironment, DataScienceEnvironmentProps, DataSource, DeploymentStage, EnvironmentKeys,
  FromKeysOptions, PackageIndex,
} from '../../src';
import { FlowLogs } from '../../src/network/flow-logs';
import { OwnParts } from '../studio/fixture';

const env = { account: '111111111111', region: 'eu-west-1' };
const RULE = 'must be a key, not an alias of one, got "alias/company". Policies know no key by its alias. '
  + 'Give Key.fromKeyArn(…) or Key.fromLookup(…, { aliasName: \'alias/company\' })';

function environmentWith(props: (alias: IKey, stack: Stack) => Partial<DataScienceEnvironmentProps>): () => void {
  const stack = new Stack(new App(), 'Stack', { env });
  const alias = Alias.fromAliasName(stack, 'Company', 'alias/company');
  return () => void new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', ...props(alias, stack) });
}

const PURPOSES: (keyof FromKeysOptions)[] = ['volumes', 'studioStorage', 'data', 'models', 'releases', 'artifacts', 'logs'];

test.each(PURPOSES)('an alias is no %s key of an environment', (purpose) => {
  const make = environmentWith((alias) => ({ keys: EnvironmentKeys.fromKeys({ [purpose]: alias }) }));
  expect(make).toThrow(/\[Stack\/Churn\/Keys\] keys\.[a-zA-Z]+ must be a key, not an alias of one, got "alias\/company"/);
});

test('an alias is no key of a given bucket', () => {
  const make = environmentWith((encryptionKey, stack) => ({
    storage: { existingBuckets: { dataBucket: Bucket.fromBucketAttributes(stack, 'Theirs', { bucketName: 'theirs', encryptionKey }) } },
  }));
  expect(make).toThrow(`[Stack/Churn/Storage] existingBuckets.dataBucket.encryptionKey ${RULE}`);
});

test('an alias is no key of a data source', () => {
  const stack = new Stack(new App(), 'Stack', { env });
  const encryptionKey = Alias.fromAliasName(stack, 'Company', 'alias/company');
  const bucket = Bucket.fromBucketAttributes(stack, 'Theirs', { bucketName: 'theirs', encryptionKey });
  expect(() => new DataSource(bucket)).toThrow(`[DataSource] bucket.encryptionKey ${RULE}`);
});

test('an alias is no key of a deployment target', () => {
  const stack = new Stack(new App(), 'Target', { env: { ...env, account: '222222222222' } });
  const environment = DataScienceEnvironment.fromEnvironmentAttributes(stack, 'Churn', { environmentName: 'churn', ...env });
  const keys = { capture: Alias.fromAliasName(stack, 'Company', 'alias/company') };
  const stage = DeploymentStage.accounts('staging', { accounts: ['222222222222'] });
  expect(() => new CrossAccountDeploymentTarget(stack, 'Target', { environment, stage, existingKeys: keys })).toThrow(`[Target/Target/Keys] existingKeys.capture ${RULE}`);
});

test('an alias is no key of a Studio domain, flow logs or a package index by itself', () => {
  const own = new OwnParts();
  const alias = Alias.fromAliasName(own.stack, 'Company', 'alias/company');
  expect(() => own.domain({ encryptionKey: alias })).toThrow(`[Stack/Studio] encryptionKey ${RULE}`);
  expect(() => new FlowLogs(own.stack, 'FlowLogs', { vpc: own.vpc, logsKey: alias })).toThrow(`[Stack/FlowLogs] logsKey ${RULE}`);
  expect(() => new PackageIndex(own.stack, 'Index', { domainName: 'packages', encryptionKey: alias } as never)).toThrow(`[Stack/Index] encryptionKey ${RULE}`);
});

test('an alias made in the app is refused as well, and its key is taken', () => {
  const stack = new Stack(new App(), 'Stack', { env });
  const alias = new Alias(stack, 'Alias', { aliasName: 'alias/company', targetKey: new Key(stack, 'Key') });
  const make = (id: string, data: IKey) => new DataScienceEnvironment(stack, id, {
    environmentName: id.toLowerCase(), keys: EnvironmentKeys.fromKeys({ data }),
  });
  expect(() => make('One', alias)).toThrow(
    'keys.data must be a key, not an alias of one, got "Stack/Alias". Policies know no key by its alias. Give its aliasTargetKey',
  );
  expect(() => make('Two', alias.aliasTargetKey)).not.toThrow();
});
