import { CfnOutput } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { Personas } from '../../identity';
import { EnvironmentStorage } from '../../storage';
import { SecureStudioDomain } from '../../studio';

/** What outputs are made of. */
export interface OutputParts {
  readonly personas: Personas;
  readonly storage: EnvironmentStorage;
  readonly studio: SecureStudioDomain;
}

/** What people look for when a stack stands: where to sign in, and where things are. */
export class EnvironmentOutputs extends Construct {
  constructor(scope: Construct, id: string, { personas, storage, studio }: OutputParts) {
    super(scope, id);
    const say = (name: string, value: string, description: string) => new CfnOutput(this, name, { value, description });
    // The console cannot bring a session tag along; where the binding is one, people come by federation or `aws sts assume-role --tags`.
    say('DataScientist', personas.dataScientist.switchRoleUrl, 'Become a data scientist');
    say('MlEngineer', personas.mlEngineer.switchRoleUrl, 'Become an ML engineer');
    say('TeamAdministrator', personas.teamAdministrator.switchRoleUrl, 'Become a team administrator');
    say('DataScienceAdministrator', personas.dataScienceAdministrator.switchRoleUrl, 'Become a data science administrator');
    say('StudioDomainId', studio.domainId, 'Studio domain');
    say('DataBucket', storage.data.bucketName, 'Data: readable in Studio and jobs, writable under the output prefixes');
    say('ModelsBucket', storage.models.bucketName, 'Models: written by jobs');
  }
}
