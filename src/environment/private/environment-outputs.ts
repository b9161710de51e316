import { CfnOutput } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ManagedRole, Personas, StudioAuthMode } from '../../identity';
import { PERSONAS } from '../../roles/cards';
import { EnvironmentStorage } from '../../storage';
import { MlflowTrackingServer, SecureStudioDomain } from '../../studio';

/** What outputs are made of. */
export interface OutputParts {
  readonly personas: Personas;
  readonly storage: EnvironmentStorage;
  readonly studio: SecureStudioDomain;
  readonly mlflow?: MlflowTrackingServer;
}

/** What people look for when a stack stands: how to sign in, and where things are. */
export class EnvironmentOutputs extends Construct {
  constructor(scope: Construct, id: string, { personas, storage, studio, mlflow }: OutputParts) {
    super(scope, id);
    for (const { role, id: persona, person } of PERSONAS) this.person(persona, personas._all.get(role)!, person!);
    this.openStudio(studio);
    if (mlflow !== undefined) this.openMlflow(mlflow);
    this.say('StudioDomainId', studio.domainId, 'Studio domain');
    this.say('DataBucket', storage.dataBucket.bucketName, 'Data: readable in Studio and jobs, writable under the output prefixes');
    this.say('ModelsBucket', storage.modelsBucket.bucketName, 'Models: written by jobs');
  }

  /** A way that works: a link would be refused where the session must say whom it is for, because the console cannot. */
  private person(name: string, persona: ManagedRole, whom: string): void {
    const { switchRoleUrl, assumeRoleCommand, role } = persona;
    if (switchRoleUrl !== undefined) this.say(name, switchRoleUrl, `Become ${whom}`);
    else if (assumeRoleCommand !== undefined) this.say(name, assumeRoleCommand, `Become ${whom}: with your user name in the place of <user>`);
    else this.say(name, role.roleArn, `Become ${whom}: by your identity provider, which must name this role`);
  }

  private openStudio({ authMode, domainId, domainUrl }: SecureStudioDomain): void {
    if (authMode === StudioAuthMode.IDENTITY_CENTER) {
      this.say('OpenStudio', domainUrl, 'Open Studio: signed in by IAM Identity Center');
      return;
    }
    const command = `aws sagemaker create-presigned-domain-url --domain-id ${domainId} --user-profile-name <user> --query AuthorizedUrl --output text`;
    this.say('OpenStudio', command, 'Open Studio: prints an address that opens your Studio, to be asked for as a data scientist or ML engineer');
  }

  private openMlflow({ trackingServerName }: MlflowTrackingServer): void {
    const command = `aws sagemaker create-presigned-mlflow-tracking-server-url --tracking-server-name ${trackingServerName} --query AuthorizedUrl --output text`;
    this.say('OpenMlflow', command, 'Open MLflow: prints an address that opens its pages; Studio has them under MLflow');
  }

  private say(name: string, value: string, description: string): void {
    new CfnOutput(this, name, { value, description });
  }
}
