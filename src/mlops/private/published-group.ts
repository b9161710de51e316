import { CustomResource, IResolvable, IResolveContext, Lazy, RemovalPolicy } from 'aws-cdk-lib';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ContentStore } from './content-assets';
import { PublishedContent } from './published-content';
import { InlineHandler } from '../../private/inline-handler';

/** Most are templates. */
const USUAL = 'application/json';

/** One of many objects. */
export interface GroupedObject {
  readonly key: string;
  readonly content: PublishedContent;
  readonly contentType: string;
  readonly tags?: Record<string, string>;
  /** What is filled in, but for digests of objects before it in the group, which the publisher knows. */
  readonly replacements: IResolvable;
  /** Stands for its digest in texts after it; nothing where the digest is known. */
  readonly digest: () => string | undefined;
}

/**
 * Objects that stay when others take their place, as one resource: as many resources say the same of each, and these are what a
 * stack has few of. Their sources have one place and are named by their digests.
 */
export class PublishedGroup {
  private readonly objects: GroupedObject[] = [];
  private made?: CustomResource;

  constructor(
    private readonly scope: Construct,
    private readonly handler: InlineHandler,
    private readonly bucket: IBucket,
    private readonly store: ContentStore,
  ) {}

  /** Adds an object; its address begins with that of the bucket, which is known when all are written. */
  public add(object: GroupedObject): { readonly resource: CustomResource; readonly address: string } {
    this.objects.push(object);
    const resource = this.made ??= this.make();
    return { resource, address: resource.getAttString('Address') };
  }

  private make(): CustomResource {
    const resource = this.handler.customResource(this.scope, 'Objects', 'Custom::PublishedObjects', {
      BucketName: this.bucket.bucketName,
      Address: `https://${this.bucket.bucketRegionalDomainName}`,
      Sources: atSynthesis(() => this.placeOf(this.objects[0].content)),
      ContentType: USUAL, // of those that say none
      Objects: atSynthesis(() => this.objects.map((object) => this.rendered(object))),
    });
    resource.node.addDependency(this.bucket);
    resource.applyRemovalPolicy(RemovalPolicy.RETAIN); // running projects fetch what they were launched with
    return resource;
  }

  private rendered({ key, content, contentType, tags, replacements, digest }: GroupedObject): Record<string, unknown> {
    const Source = this.placeOf(content) === undefined ? this.store.sourceOf(content) : undefined;
    const ContentType = contentType === USUAL ? undefined : contentType;
    return { Key: key, Sha256: content.digest, Source, ContentType, Tags: tags, Replacements: replacements, Digest: digest() };
  }

  /** Bucket, and what keys begin with that end with digest and extension: all do, or none where the synthesizer makes them parameters. */
  private placeOf(content: PublishedContent): { readonly Bucket: string; readonly Prefix: string } | undefined {
    const { Bucket, Key } = this.store.sourceOf(content), file = `${content.digest}${content.extension}`;
    return Key.endsWith(file) ? { Bucket, Prefix: Key.slice(0, -file.length) } : undefined;
  }
}

/** What is asked when everything is there that is published, and not while the CDK looks for references. */
function atSynthesis(produce: () => unknown): IResolvable {
  return Lazy.uncachedAny({ produce: ({ preparing }: IResolveContext) => (preparing ? undefined : produce()) });
}
