import { Annotations } from 'aws-cdk-lib';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { throwValidationError } from '../../private/invalid-input';

/** A key whose policy lets nobody use it but whom the perimeter names: what the CDK would grant to an identity has no effect. */
export class ClosedKey extends Key {
  /** Grants of a bucket end here as well, and those to the environment's own roles work. */
  public override grant(grantee: IGrantable, ...actions: string[]): Grant {
    Annotations.of(this).addWarningV2('cdk-secure-mlops:grantByClosedKey',
      'A grant works for the environment\'s own roles only: the key\'s policy names who may use it, and lets nobody else in.');
    return super.grant(grantee, ...actions);
  }

  public override grantAdmin(): Grant {
    return this.refuseGrant('grantAdmin()');
  }

  public override grantDecrypt(): Grant {
    return this.refuseGrant('grantDecrypt()');
  }

  public override grantEncrypt(): Grant {
    return this.refuseGrant('grantEncrypt()');
  }

  public override grantEncryptDecrypt(): Grant {
    return this.refuseGrant('grantEncryptDecrypt()');
  }

  public override grantGenerateMac(): Grant {
    return this.refuseGrant('grantGenerateMac()');
  }

  public override grantSign(): Grant {
    return this.refuseGrant('grantSign()');
  }

  public override grantSignVerify(): Grant {
    return this.refuseGrant('grantSignVerify()');
  }

  public override grantVerify(): Grant {
    return this.refuseGrant('grantVerify()');
  }

  public override grantVerifyMac(): Grant {
    return this.refuseGrant('grantVerifyMac()');
  }

  private refuseGrant(method: string): never {
    return throwValidationError(this, {
      property: 'grants',
      value: method,
      rule: 'be given to roles that the perimeter names',
      remedy: 'The key\'s policy lets in the environment\'s own roles only, through the services that the key is for. '
        + 'Let one of them do the work (environment.executionRoles), give a role of yours in its place (roleOptions.exceptions), or take a key of your own',
    });
  }
}
