import { attachCustomSynthesis, Duration, Lazy, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { AnyPrincipal, IRole, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Bucket, BucketEncryption, IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { EnvironmentRole } from '../names';
import { PRODUCT_ASSETS } from './private/acknowledgements';
import { ContentAssets, ContentStore } from './private/content-assets';
import { PublishedContent } from './private/published-content';
import { acknowledge } from '../private/acknowledgements';
import { arnIn, WHERE_DEPLOYED } from '../private/arn';
import { InlineHandler } from '../private/inline-handler';
import { InputCheck } from '../private/input-check';
import { throwValidationError } from '../private/invalid-input';
import { LOCKED } from '../private/locked-bucket';
import { checkRequired, kind } from '../private/required-input';
import { readsContent } from '../roles/publisher';

/** Properties of the assets of products. */
export interface ProductAssetsProps {
  /**
   * Accounts in which products are launched, besides that of the stack.
   *
   * @default - no other accounts
   */
  readonly accounts?: string[];

  /**
   * Organizational units in whose accounts products are launched, as paths such as `o-exampleorg/r-ab12/ou-ab12-data1111/`.
   *
   * Accounts of units below are included.
   *
   * @default - no organizational units
   */
  readonly organizationalUnitPaths?: string[];

  /**
   * Role that exists already, with which a function of the stack copies the assets.
   *
   * Its owner gives it `requiredTrust` and `requiredPolicies`.
   *
   * @default - a new role
   */
  readonly existingRole?: IRole;
}

/**
 * Bucket with the assets of Service Catalog products, which are launched where the assets of an app are out of reach.
 *
 * An environment in a `ProductStack` publishes its project templates, seed code and programs from there. The first one creates it
 * for launches in the account of the stack. Create it before to let other accounts launch. Objects are named by their digests, which
 * the product's template compares, and stay when a product has a new version.
 *
 * @see https://docs.aws.amazon.com/servicecatalog/latest/adminguide/catalogs_portfolios_sharing.html
 */
export class ProductAssets extends Construct {
  /** Returns the assets of the products of a stack, which are created for launches in the stack's account if there are none. */
  public static forStack(stack: Stack): ProductAssets {
    checkRequired('ProductAssets.forStack', { stack }, { stack: kind('a Stack', (value) => Stack.isStack(value)) });
    return KNOWN.get(stack) ?? new ProductAssets(stack, 'ProductAssets');
  }

  /** Bucket of the assets, which is retained with its objects. */
  public readonly bucket: IBucket;
  /** Where the publisher of a launched environment finds what it publishes. @internal */
  public readonly _store: ContentStore;
  private readonly handler: InlineHandler;

  constructor(scope: Construct, id: string, props: ProductAssetsProps = {}) {
    super(scope, id);
    const stack = Stack.of(this), { accounts = [], organizationalUnitPaths: paths = [] } = props;
    this.check(stack, accounts, paths);
    KNOWN.set(stack, this);
    acknowledge(this, PRODUCT_ASSETS);
    const bucketName = `secure-mlops-${this.node.addr.slice(-8)}-${stack.account}-${stack.region}`;
    this.bucket = new Bucket(this, 'Bucket', {
      bucketName,
      ...LOCKED,
      encryption: BucketEncryption.S3_MANAGED, // a key would have to admit the accounts as well, for texts that hold no secret
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    this.open({ 'aws:PrincipalAccount': accounts }, 'StringEquals');
    this.open({ 'aws:PrincipalOrgPaths': paths.map((path) => `${path}*`) }, 'ForAnyValue:StringLike');
    this.bucket.policy?.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE); // closes what stays
    this.handler = new InlineHandler(this, 'Handler', {
      handler: 'product-assets',
      description: 'Copies assets of products',
      timeout: Duration.minutes(10),
      statements: [new PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject'], resources: [this.bucket.arnForObjects('*')] })], // what is there is not copied again
      role: props.existingRole && { existingRole: props.existingRole },
    });
    this._store = this.fill(stack, bucketName);
  }

  /** Trust policy that the owner of an existing role gives it. */
  public get requiredTrust(): PolicyDocument {
    return this.handler.required.requiredTrust;
  }

  /** Policies that the owner of an existing role attaches to it, once all environments have been added to the products. */
  public get requiredPolicies(): PolicyDocument[] {
    return this.handler.required.requiredPolicies;
  }

  private check(stack: Stack, accounts: string[], paths: string[]): void {
    if (KNOWN.has(stack)) {
      throwValidationError(this, {
        property: 'stack', value: stack.node.path, rule: 'have the assets of its products once', remedy: 'Create ProductAssets before the first environment of a product stack',
      });
    }
    if (!ContentAssets.areTakenBy(stack)) {
      throwValidationError(this, {
        property: 'stack', value: stack.node.path, rule: 'take file assets', remedy: 'Create ProductAssets in a stack of the app that is not without bootstrapping',
      });
    }
    const isShared = accounts.length + paths.length > 0;
    new InputCheck(this)
      .every('accounts', accounts, (account) => /^\d{12}$/.test(account), 'be account ids of 12 digits')
      .every('organizationalUnitPaths', paths, (path) => UNIT_PATH.test(path), 'be paths such as o-exampleorg/r-ab12/ou-ab12-data1111/')
      .that('account of the stack', isShared && Token.isUnresolved(stack.account) ? 'unknown' : stack.account, (account) => account !== 'unknown',
        'be known where other accounts launch its products', 'Set env of the stack, as the templates of products name its bucket')
      .throwIfInvalid();
  }

  /** The publishers of environments in other accounts may read; those of this account are let in by their own policies. */
  private open(condition: Record<string, string[]>, operator: string): void {
    if (Object.values(condition).flat().length === 0) return;
    const publishers = arnIn(this, 'iam', `role/*--${EnvironmentRole.PUBLISHER}-${Stack.of(this).region}`, { account: '*' });
    this.bucket.addToResourcePolicy(new PolicyStatement({
      principals: [new AnyPrincipal()], actions: ['s3:GetObject'], resources: [this.bucket.arnForObjects('*')], conditions: { ArnLike: { 'aws:PrincipalArn': publishers }, [operator]: condition },
    }));
  }

  /** Copies the assets of the stack there, when it is deployed. */
  private fill(stack: Stack, bucketName: string): ContentStore {
    const assets = new ContentAssets(stack), contents: PublishedContent[] = [];
    attachCustomSynthesis(this, { onSynthesize: () => assets.addAll() });
    const { handler } = this;
    const sources = () => [...new Map(contents.map((content) => [content.digest, assets.sourceOf(content)])).values()];
    handler.customResource(this, 'Assets', 'Custom::ProductAssets', {
      BucketName: this.bucket.bucketName,
      Assets: Lazy.uncachedAny({ produce: (context) => (context.preparing ? [] : sources()) }),
    });
    return {
      include: (content) => {
        if (contents.length === 0) handler.addToPolicy(readsContent(Lazy.uncachedString({ produce: (context) => (context.preparing ? '*' : assets.objectsLike(content)) })));
        assets.include(content);
        contents.push(content);
      },
      sourceOf: ({ digest, extension }) => ({ Bucket: bucketName, Key: `${digest}${extension}`, Sha256: digest }),
      objectsLike: () => arnIn(WHERE_DEPLOYED, 's3', `${bucketName}/*`),
    };
  }
}

const UNIT_PATH = /^o-[a-z0-9]{10,32}\/r-[a-z0-9]{4,32}\/(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}\/)*$/;

/** Those that stacks have. */
const KNOWN = new WeakMap<Stack, ProductAssets>();
