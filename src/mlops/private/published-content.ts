import { createHash } from 'crypto';
import { brotliDecompressSync } from 'zlib';
import { Stack, Token } from 'aws-cdk-lib';
import { packedText } from '../../private/packed-text';

/** What is published. */
export interface Publication {
  /** What it is called, with its extension; the key also says which content it has. */
  readonly name: string;
  /** A text… */
  readonly content?: string;
  /** Whether the text is packed when it is written into the template: templates are the bulk of what is published, and pack well. */
  readonly packs?: boolean;
  /** …or what the library's build has packed, compressed by Brotli and in base64: nothing is filled in there… */
  readonly packed?: string;
  /** …or files, by their paths, that become a zip archive. */
  readonly files?: Record<string, string>;
  /** The folder that it is in. */
  readonly folder: string;
  readonly contentType: string;
  readonly tags?: Record<string, string>;
  /** Whether people choose from the folder, so that what was replaced must go. */
  readonly isListed?: boolean;
}

/** What is published, which the template names by its digest in several places and carries packed: both are made once of a text. */
export class PublishedContent {
  private seen?: string;
  private digested?: string;
  private compressed?: string;

  constructor(private readonly stack: Stack, private readonly publication: Publication) {}

  /** Its text, with intrinsics in it as JSON; nothing of what is packed already. */
  public get text(): string {
    const { content, files, packed } = this.publication;
    if (packed !== undefined) return '';
    const text = content === undefined ? JSON.stringify(files) : this.resolved(content);
    return typeof text === 'string' ? text : JSON.stringify(text);
  }

  /** Whether the bytes that the publisher will write are known before the stack is deployed, but for what it fills in. */
  public get isKnown(): boolean {
    const { content, packed } = this.publication;
    return packed !== undefined || (content !== undefined && typeof this.resolved(content) === 'string');
  }

  /** Digest of what it says, in hexadecimal. */
  public get digest(): string {
    const { packed } = this.publication;
    if (packed !== undefined) return digestOfPacked(packed);
    this.see(this.text);
    return this.digested ??= digestOf(this.seen!);
  }

  /** The text as the template carries it: gzipped and in base64. */
  public get packed(): string {
    this.see(this.text);
    return this.compressed ??= packedText(this.seen!);
  }

  private see(text: string): void {
    if (text === this.seen) return;
    [this.seen, this.digested, this.compressed] = [text, undefined, undefined];
  }

  private resolved(content: string): unknown {
    return Token.isUnresolved(content) ? this.stack.resolve(content) : content;
  }
}

/** Digests of what the library's build has packed, which all environments of an app publish. */
const digests = new Map<string, string>();

/** Without the wrapping that it travels in: this may differ where the content does not. */
function digestOfPacked(packed: string): string {
  const digest = digests.get(packed) ?? digestOf(brotliDecompressSync(Buffer.from(packed, 'base64')));
  digests.set(packed, digest);
  return digest;
}

function digestOf(bytes: string | Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
