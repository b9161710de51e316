import { CustomResource, Duration, Lazy, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { PUBLISHER } from './acknowledgements';
import { ContentStore } from './content-assets';
import { contentStoreOf } from './content-store';
import { Publication, PublishedContent } from './published-content';
import { EnvironmentNames, EnvironmentRole } from '../../names';
import { acknowledge } from '../../private/acknowledgements';
import { InlineHandler } from '../../private/inline-handler';
import { PUBLISHER as PUBLISHER_CARD, readsContent } from '../../roles/publisher';

/** What publishes. */
export interface PublisherProps {
  readonly names: EnvironmentNames;
  readonly bucket: IBucket;
  readonly logsKey: IKey;
  readonly owner?: string;
}

/** An object that was published. */
export interface PublishedObject {
  /** Key of the object; known when the app is synthesized. */
  readonly key: string;
  /** Address of the object; known when it was written. */
  readonly url: string;
  /** Short digest of the content: another content has another. */
  readonly version: string;
  /**
   * Digest of the object's bytes, in hexadecimal: a token, for texts that are published. Of bytes that are known only when the
   * stack is deployed, these texts hold a placeholder, and what the publisher says of the object is filled in.
   */
  readonly sha256: string;
}

/**
 * Writes templates, seed code and programs into the templates bucket: from assets, in the template of a product from the bucket
 * of its assets, and in others that take none from their text. What changes becomes a new object: what was launched from the old one stays as it is.
 */
export class Publisher extends Construct {
  private readonly handler: InlineHandler;
  private readonly store?: ContentStore;
  private reads = false;
  /** Objects whose digests are not known yet, by the placeholders of these in texts that are published. */
  private readonly undigested = new Map<string, CustomResource>();

  constructor(scope: Construct, id: string, private readonly props: PublisherProps) {
    super(scope, id);
    acknowledge(this, PUBLISHER);
    const { names, bucket } = props;
    this.store = contentStoreOf(this);
    this.handler = new InlineHandler(this, 'Handler', {
      handler: 'publisher',
      description: PUBLISHER_CARD.description,
      timeout: Duration.minutes(2),
      role: names._roleSettings(EnvironmentRole.PUBLISHER),
      logsKey: props.logsKey,
      statements: PUBLISHER_CARD.may({ templates: bucket }),
    });
  }

  /** Publishes a text, or files as an archive. */
  public publish(scope: Construct, id: string, publication: Publication): PublishedObject {
    const { bucket } = this.props;
    const { name, folder, contentType, tags } = publication;
    const content = new PublishedContent(Stack.of(scope), publication);
    const dot = name.lastIndexOf('.');
    const version = Lazy.uncachedString({ produce: (context) => (context.preparing ? 'digest' : content.digest.slice(0, 12)) });
    const key = `${folder}/${name.slice(0, dot)}-${version}${name.slice(dot)}`;
    const resource = this.handler.customResource(scope, id, 'Custom::PublishedObject', {
      BucketName: bucket.bucketName,
      Key: key,
      ...this.sourceOf(content),
      ContentType: contentType,
      Tags: tags,
      // After the key: digests in a text become known when it is read for its own.
      Replacements: Lazy.uncachedAny({ produce: (context) => (context.preparing ? undefined : this.replacementsIn(content)) }),
    });
    resource.node.addDependency(bucket);
    if (!publication.isListed) resource.applyRemovalPolicy(RemovalPolicy.RETAIN); // running projects fetch what they were launched with
    const sha256 = Lazy.uncachedString({ produce: (context) => (context.preparing ? 'digest' : this.digestOf(resource, content)) });
    return { key, version, url: `https://${bucket.bucketRegionalDomainName}/${resource.getAttString('Key')}`, sha256 };
  }

  /** Lets Studio see products of Service Catalog: a switch of the account and region, which is never turned off again. */
  public enablePortfolios(): Construct {
    return this.handler.customResource(this, 'Portfolios', 'Custom::SageMakerPortfolio', {});
  }

  /** Where the publisher reads a content: a store of them, or its own properties. */
  private sourceOf(content: PublishedContent): Record<string, unknown> {
    const { store } = this;
    if (store === undefined) {
      const inline = (property: 'Content' | 'Encoding') => Lazy.uncachedString({ produce: (context) => (context.preparing ? '' : content.inline[property]) });
      return { Content: inline('Content'), Encoding: inline('Encoding') };
    }
    store.include(content);
    if (!this.reads) {
      this.reads = true;
      this.handler.addToPolicy(readsContent(Lazy.uncachedString({ produce: (context) => (context.preparing ? '*' : store.objectsLike(content)) })));
    }
    return { Source: Lazy.uncachedAny({ produce: (context) => (context.preparing ? undefined : store.sourceOf(content)) }) };
  }

  /** Digest of the bytes that the publisher will write; its placeholder where something is still to be filled in. */
  private digestOf(resource: CustomResource, content: PublishedContent): string {
    if (this.replacementsIn(content) === undefined) return content.digest;
    const placeholder = `${DIGEST_PLACEHOLDER}${resource.node.addr}`;
    this.undigested.set(placeholder, resource);
    return placeholder;
  }

  /** What is filled in when this is published; nothing is read where nothing could be in it. */
  private replacementsIn(content: PublishedContent): Record<string, unknown> | undefined {
    const { names: { environmentName }, owner } = this.props;
    const named: [string, string | undefined][] = [[NAME_PLACEHOLDER, environmentName], [OWNER_PLACEHOLDER, owner]];
    const digests = [...this.undigested].map(([placeholder, resource]): [string, string] => [placeholder, resource.getAttString('Sha256')]);
    const all = [...named.filter(([, value]) => Token.isUnresolved(value)), ...digests];
    const { text, values } = content;
    const found = { ...Object.fromEntries(all.filter(([placeholder]) => text.includes(placeholder))), ...values };
    return Object.keys(found).length > 0 ? found : undefined;
  }
}

/**
 * The environment's name in templates, where the app does not know it: filled in when they are published. As long as the
 * longest name, so that names in templates which have room for it have room for any.
 */
export const NAME_PLACEHOLDER = 'zzz-environment-name';

/**
 * The environment's owner in templates, likewise. It needs no escaping: what would is no value of a tag, and the publisher's
 * own role wears the tag before anything is published.
 */
export const OWNER_PLACEHOLDER = 'zzz-environment-owner';

/** What begins a digest's place in texts, where it is known only when the other object was published; with the object's address as long as a digest. */
const DIGEST_PLACEHOLDER = 'zzz-sha256-of-object--';
