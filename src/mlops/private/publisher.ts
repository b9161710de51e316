import { createHash } from 'crypto';
import { CustomResource, Duration, Lazy, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { PUBLISHER } from './acknowledgements';
import { ContentStore } from './content-assets';
import { contentStoreOf } from './content-store';
import { Publication, PublishedContent } from './published-content';
import { PublishedGroup } from './published-group';
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
  private readonly group?: PublishedGroup;
  private reads = false;
  /** Objects whose digests are not known yet, by the placeholders of these in texts that are published. */
  private readonly undigested = new Map<string, { readonly resource: CustomResource; readonly attribute: string }>();

  constructor(scope: Construct, id: string, private readonly props: PublisherProps) {
    super(scope, id);
    acknowledge(this, PUBLISHER);
    const { names, bucket } = props;
    this.store = contentStoreOf(this);
    this.handler = new InlineHandler(this, 'Handler', {
      handler: 'publisher',
      description: PUBLISHER_CARD.description,
      timeout: Duration.minutes(5), // many objects, one after the other
      role: names._roleSettings(EnvironmentRole.PUBLISHER),
      logsKey: props.logsKey,
      statements: PUBLISHER_CARD.may({ templates: bucket }),
    });
    // What is filled into many texts would be more than the publisher can answer for all of them at once.
    if (this.store && this.names().length === 0) this.group = new PublishedGroup(this, this.handler, bucket, this.store);
  }

  /** Publishes a text, or files as an archive. */
  public publish(scope: Construct, id: string, publication: Publication): PublishedObject {
    const { bucket } = this.props;
    const { name, folder, contentType, tags } = publication;
    const content = new PublishedContent(Stack.of(scope), publication);
    const dot = name.lastIndexOf('.');
    const version = Lazy.uncachedString({ produce: (context) => (context.preparing ? 'digest' : content.digest.slice(0, 12)) });
    const key = `${folder}/${name.slice(0, dot)}-${version}${name.slice(dot)}`;
    const placeholder = placeholderOf(scope, id);
    // After the key: digests in a text become known when it is read for its own.
    const replacements = (own: () => CustomResource | undefined) => Lazy.uncachedAny({
      produce: (context) => (context.preparing ? undefined : this.replacementsIn(content, own())),
    });
    if (this.group && !publication.isListed) {
      this.include(content);
      const digest = () => (this.isFilledIn(content) ? placeholder : undefined);
      const { resource, address } = this.group.add({ key, content, contentType, tags, replacements: replacements(() => resource), digest });
      return { key, version, url: `${address}/${key}`, sha256: this.digestOf(content, placeholder, resource, placeholder) };
    }
    const resource = this.handler.customResource(scope, id, 'Custom::PublishedObject', {
      BucketName: bucket.bucketName,
      Key: key,
      ...this.sourceOf(content),
      ContentType: contentType,
      Tags: tags,
      Replacements: replacements(() => undefined),
    });
    resource.node.addDependency(bucket);
    if (!publication.isListed) resource.applyRemovalPolicy(RemovalPolicy.RETAIN); // running projects fetch what they were launched with
    const url = `https://${bucket.bucketRegionalDomainName}/${resource.getAttString('Key')}`;
    return { key, version, url, sha256: this.digestOf(content, placeholder, resource, 'Sha256') };
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
    this.include(content);
    return { Source: Lazy.uncachedAny({ produce: (context) => (context.preparing ? undefined : store.sourceOf(content)) }) };
  }

  private include(content: PublishedContent): void {
    this.store!.include(content);
    if (this.reads) return;
    this.reads = true;
    this.handler.addToPolicy(readsContent(Lazy.uncachedString({ produce: (context) => (context.preparing ? '*' : this.store!.objectsLike(content)) })));
  }

  /** Digest of the bytes that the publisher will write; its placeholder where something is still to be filled in. */
  private digestOf(content: PublishedContent, placeholder: string, resource: CustomResource, attribute: string): string {
    return Lazy.uncachedString({
      produce: ({ preparing }) => {
        if (preparing) return 'digest';
        if (!this.isFilledIn(content)) return content.digest;
        this.undigested.set(placeholder, { resource, attribute });
        return placeholder;
      },
    });
  }

  private isFilledIn(content: PublishedContent): boolean {
    return this.replacementsIn(content) !== undefined;
  }

  /** What is filled in when this is published, but for what its own resource knows; nothing is read where nothing could be in it. */
  private replacementsIn(content: PublishedContent, own?: CustomResource): Record<string, unknown> | undefined {
    const digests = [...this.undigested].filter(([, { resource }]) => resource !== own)
      .map(([placeholder, { resource, attribute }]): [string, string] => [placeholder, resource.getAttString(attribute)]);
    const all = [...this.names(), ...digests];
    const { text, values } = content;
    const found = { ...Object.fromEntries(all.filter(([placeholder]) => text.includes(placeholder))), ...values };
    return Object.keys(found).length > 0 ? found : undefined;
  }

  /** What the app does not know of the environment. */
  private names(): [string, string][] {
    const { names: { environmentName }, owner } = this.props;
    const named: [string, string | undefined][] = [[NAME_PLACEHOLDER, environmentName], [OWNER_PLACEHOLDER, owner]];
    return named.filter((entry): entry is [string, string] => Token.isUnresolved(entry[1]));
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

/** What begins a digest's place in texts, where it is known only when the other object was published; with what tells the object as long as a digest. */
const DIGEST_PLACEHOLDER = 'zzz-sha256-of-object--';

function placeholderOf(scope: Construct, id: string): string {
  return `${DIGEST_PLACEHOLDER}${createHash('sha256').update(`${scope.node.addr}/${id}`).digest('hex').slice(0, 42)}`;
}
