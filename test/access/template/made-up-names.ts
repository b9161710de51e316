import { createHash } from 'crypto';

/** Made-up but well-formed identifiers, the same in every run: a function of stack and logical id. */
export class MadeUpNames {
  constructor(private readonly stackName: string) {}

  /** An id as EC2 gives them, such as `vpc-0a1b2c3d4e5f60718`. */
  public ec2Id(prefix: string, logicalId: string): string {
    return `${prefix}-0${this.digest(logicalId).slice(0, 16)}`;
  }

  /** A key id as KMS gives them. */
  public uuid(logicalId: string): string {
    const hex = this.digest(logicalId);
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
  }

  /** A short id as SageMaker gives them, such as `d-abcdefghijkl`. */
  public shortId(prefix: string, logicalId: string): string {
    return `${prefix}-${this.digest(logicalId).slice(0, 12)}`;
  }

  /** A name as CloudFormation generates them: stack, logical id, random end. */
  public generated(logicalId: string, longest: number): string {
    const end = this.digest(logicalId).slice(0, 12).toUpperCase();
    return `${this.stackName}-${logicalId}`.slice(0, longest - end.length - 1) + `-${end}`;
  }

  private digest(logicalId: string): string {
    return createHash('sha256').update(`${this.stackName}/${logicalId}`).digest('hex');
  }
}
