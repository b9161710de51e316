import { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { StudioAuthMode } from '../../identity';
import { arnIn } from '../../private/arn';
import { InputCheck } from '../../private/input-check';
import { ANYTHING, checkRequired, listOf, SECURITY_GROUP, VPC } from '../../private/required-input';
import { IStudioDomain, StudioDomainAttributes } from '../studio-domain-reference';

/** A domain that was made elsewhere, in the account and region of the stack. */
export class ImportedStudioDomain extends Construct implements IStudioDomain {
  public readonly domainId: string;
  public readonly domainArn: string;
  public readonly vpc: IVpc;
  public readonly authMode: StudioAuthMode;
  public readonly sharedSecurityGroups: ISecurityGroup[];
  public readonly hasHomeFileSystem: boolean;

  constructor(scope: Construct, id: string, attributes: StudioDomainAttributes) {
    super(scope, id);
    checkRequired(this, attributes, { domainId: ANYTHING, vpc: VPC, sharedSecurityGroups: listOf(SECURITY_GROUP) });
    new InputCheck(this)
      .matches('domainId', attributes.domainId, /^d-(-*[a-z0-9]){1,61}$/, 'be the id of a Studio domain, such as d-abcdefgh1234')
      .throwIfInvalid();
    this.domainId = attributes.domainId;
    this.domainArn = arnIn(this, 'sagemaker', `domain/${attributes.domainId}`);
    this.vpc = attributes.vpc;
    this.authMode = attributes.authMode ?? StudioAuthMode.IAM;
    this.sharedSecurityGroups = attributes.sharedSecurityGroups;
    this.hasHomeFileSystem = attributes.hasHomeFileSystem ?? false;
  }
}
