import { createHash } from 'crypto';
import { extname } from 'path';
import { brotliDecompressSync } from 'zlib';
import { Stack, Token } from 'aws-cdk-lib';
import { archiveOf, packedText } from '../../private/packed-text';

/** What is published. */
export interface Publication {
  /** What it is called, with its extension; the key also says which content it has. */
  readonly name: string;
  /** A text… */
  readonly content?: string;
  /** …or what the library's build has packed, compressed by Brotli and in base64: nothing is filled in there… */
  readonly packed?: string;
  /** …or files, by their paths, that become a zip archive: nothing is filled in there either. */
  readonly files?: Record<string, string>;
  /** The folder that it is in. */
  readonly folder: string;
  readonly contentType: string;
  readonly tags?: Record<string, string>;
  /** Whether people choose from the folder, so that what was replaced must go. */
  readonly isListed?: boolean;
}

/** What is published, which the template names by its digest in several places: bytes and digest are made once of a text. */
export class PublishedContent {
  private read?: { readonly text: string; readonly bytes?: Uint8Array; readonly digest: string };

  constructor(private readonly stack: Stack, private readonly publication: Publication) {}

  /** Its text, in which values stand that only CloudFormation knows as placeholders; nothing of what is packed. */
  public get text(): string {
    return this.written.text;
  }

  /** What these placeholders stand for. */
  public get values(): Record<string, unknown> {
    return this.written.values;
  }

  /** The bytes that the publisher reads, before it fills anything in. */
  public get bytes(): Uint8Array {
    const { packed } = this.publication;
    return packed === undefined ? this.seen.bytes! : unpacked(packed).bytes;
  }

  /** Digest of these bytes, in hexadecimal. */
  public get digest(): string {
    return this.seen.digest;
  }

  /** The bytes as a template carries them that has no place for assets. */
  public get inline(): { readonly Content: string; readonly Encoding: string } {
    const { packed } = this.publication;
    return packed === undefined ? { Content: packedText(this.bytes), Encoding: 'gzip' } : { Content: packed, Encoding: 'brotli' };
  }

  /** Extension of the file. */
  public get extension(): string {
    return extname(this.publication.name);
  }

  /** Whether it is known before the rest of the app. */
  public get isKnown(): boolean {
    return this.publication.content === undefined;
  }

  private get seen() {
    const { packed, files } = this.publication;
    const { text } = this.written;
    if (this.read?.text === text) return this.read;
    if (packed !== undefined) return this.read = { text, digest: unpacked(packed).digest };
    const bytes = files === undefined ? Buffer.from(text) : archiveOf(files);
    return this.read = { text, bytes, digest: digestOf(bytes) };
  }

  private get written(): { readonly text: string; readonly values: Record<string, unknown> } {
    const { content } = this.publication;
    const text = content === undefined ? '' : Token.isUnresolved(content) ? this.stack.resolve(content) as unknown : content;
    if (typeof text === 'string') return { text, values: {} };
    const values: Record<string, unknown> = {};
    const placeholderOf = (value: unknown): string => {
      const placeholder = `${VALUE_PLACEHOLDER}${digestOf(JSON.stringify(value)).slice(0, 16)}`;
      values[placeholder] = value;
      return placeholder;
    };
    return { text: partsOf(text).map((part) => (typeof part === 'string' ? part : placeholderOf(part))).join(''), values };
  }
}

/** What begins the place of a value that only CloudFormation knows. */
const VALUE_PLACEHOLDER = 'zzz-value-';

/** Texts and intrinsics that stand side by side. */
function partsOf(text: unknown): unknown[] {
  const [delimiter, parts] = (text as { 'Fn::Join'?: [string, unknown] })['Fn::Join'] ?? [];
  return delimiter === '' && Array.isArray(parts) ? parts : [text];
}

/** What the library's build has packed, which all environments of an app publish. */
const known = new Map<string, { readonly bytes: Uint8Array; readonly digest: string }>();

/** With the digest of the content without the wrapping that it travels in: this may differ where the content does not. */
function unpacked(packed: string): { readonly bytes: Uint8Array; readonly digest: string } {
  const content = known.get(packed);
  if (content !== undefined) return content;
  const bytes = brotliDecompressSync(Buffer.from(packed, 'base64')), made = { bytes, digest: digestOf(bytes) };
  known.set(packed, made);
  return made;
}

function digestOf(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
