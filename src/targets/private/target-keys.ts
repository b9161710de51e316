import { Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { AccountRootPrincipal, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Alias, IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { LOOKING_AT_KEYS } from '../../encryption/key-actions';
import { EnvironmentNames, TargetKeyPurpose } from '../../names';
import { InputCheck } from '../../private/input-check';
import { checkKey } from '../../private/key-rules';
import { keepWithoutFlag } from '../../private/removal';
import { DeploymentStage } from '../../stages';

/** What a target's keys are made of. */
export interface TargetKeysProps {
  readonly names: EnvironmentNames;
  readonly stage: DeploymentStage;
  readonly given?: Partial<Record<TargetKeyPurpose, IKey>>;
  readonly removalPolicy: RemovalPolicy;
}

/** The keys of a deployment target: created, or brought from outside. A created one lets nobody use it until the perimeter says who. */
export class TargetKeys extends Construct {
  /** The keys that are ours, by purpose. */
  public readonly created = new Map<TargetKeyPurpose, Key>();
  private readonly all = new Map<TargetKeyPurpose, IKey>();

  constructor(scope: Construct, id: string, private readonly props: TargetKeysProps) {
    super(scope, id);
    this.check(props.given ?? {});
    for (const purpose of props.stage.promotion._targetKeys) this.all.set(purpose, props.given?.[purpose] ?? this.create(purpose));
  }

  public key(purpose: TargetKeyPurpose): IKey {
    return this.all.get(purpose)!;
  }

  private create(purpose: TargetKeyPurpose): Key {
    const { names, stage, removalPolicy } = this.props;
    const key = new Key(this, DESCRIPTIONS[purpose].replace(/ .*/, ''), {
      description: `${DESCRIPTIONS[purpose]} of the stage ${stage.stageName} of the data-science environment ${names.environmentName}`,
      enableKeyRotation: true,
      rotationPeriod: Duration.days(365),
      pendingWindow: Duration.days(30),
      removalPolicy,
      policy: new PolicyDocument({
        statements: [new PolicyStatement({
          sid: 'LookAtTheKey', principals: [new AccountRootPrincipal()], actions: LOOKING_AT_KEYS, resources: ['*'], // in a key policy: this key
        })],
      }),
    });
    new Alias(key, 'TargetAlias', { aliasName: names.targetKeyAlias(stage.stageName, purpose), targetKey: key, removalPolicy });
    keepWithoutFlag(key);
    this.created.set(purpose, key);
    return key;
  }

  private check(given: Partial<Record<TargetKeyPurpose, IKey>>): void {
    const check = new InputCheck(this);
    const { region } = Stack.of(this);
    const { stage } = this.props;
    if (given[TargetKeyPurpose.MODELS] && !stage.promotion.hasModelCopies) {
      check.report('existingKeys.models', 'a key', `not be given for the stage '${stage.stageName}', whose models stay in the environment's releases`, 'Give the stage ModelPromotion.copy()');
    }
    for (const [purpose, key] of Object.entries(given)) {
      checkKey(check, `existingKeys.${purpose}`, key);
      if (Token.isUnresolved(region) || Token.isUnresolved(key.env.region) || key.env.region === region) continue;
      check.report(`existingKeys.${purpose}`, key.env.region, `be a key in the target's region, ${region}`, 'Replicate the key or give one of that region');
    }
    check.throwIfInvalid();
  }
}

const DESCRIPTIONS: Record<TargetKeyPurpose, string> = {
  [TargetKeyPurpose.VOLUMES]: 'Volumes of endpoints',
  [TargetKeyPurpose.CAPTURE]: 'Captured requests and answers',
  [TargetKeyPurpose.MODELS]: 'Models and their images',
  [TargetKeyPurpose.LOGS]: 'Logs',
};
