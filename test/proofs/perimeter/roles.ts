import { Asset } from './asset';
import { Theorem } from './theorem';
import { AccessSystem } from '../../access/access-system';
import { ACCOUNTS, ORGANIZATION_ID } from '../../access/request/organization';
import { Scenario } from '../../access/scenario';
import { and, not, Term, TRUE } from '../encoding/terms';

/** Services of AWS that work as a role, by the words of the access rows. */
const WORKED_AS: Record<string, string[]> = {
  'sagemaker': ['studioExecution', 'dataPreparation', 'pipelineExecution', 'jobExecution', 'batchInference', 'modelExecution', 'featureStore', 'mlflow', 'targetModelExecution', 'productionModelExecution', 'targetMonitoring', 'productionMonitoring'],
  'codebuild': ['codeBuild', 'accountsBuild', 'release', 'imageBuild', 'imageRelease'],
  'codepipeline': ['codePipeline'],
  'cloudformation': ['stackSetAdministrator', 'projectLaunch'],
  'servicecatalog': ['projectLaunch', 'memberLaunch'],
  'events': ['eventsRole', 'targetMonitoringAlarms', 'productionMonitoringAlarms'],
  'scheduler': ['targetMonitoringSchedule', 'productionMonitoringSchedule'],
  'lambda': ['publisher', 'studioCleanUp', 'defaultSecurityGroup'],
  'vpc-flow-logs': ['flowLogs'],
};
/** Roles of our own that work as another one. */
const BECOME: Record<string, string[]> = {
  targetDeployment: ['stackSetAdministrator'],
  productionDeployment: ['stackSetAdministrator'],
  endpointTest: ['codeBuild', 'accountsBuild'],
  productionEndpointTest: ['codeBuild', 'accountsBuild'],
};
const PEOPLE = ['dataScientist', 'mlEngineer', 'teamAdministrator', 'dataScienceAdministrator'];
/** Whose services do not say, or not in all they do, for which account they work. */
const UNTOLD = ['featureStore', 'mlflow', 'projectLaunch', 'memberLaunch'];

/** Roles as which SageMaker says for which person it works. */
const FOR_SOMEBODY = WORKED_AS.sagemaker.filter((role) => !/mlflow|Monitoring$/.test(role));

/** Every role. */
export const ROLES = [...new Set([...Object.values(WORKED_AS).flat(), ...Object.keys(BECOME), ...PEOPLE])].sort();

/** Who works as a role, whatever their own policies say: the services that it is for, on behalf of its account, and nobody of another. */
export async function whoWorksAs(role: string, system: AccessSystem): Promise<Theorem> {
  const { arn, account } = system.who({ who: role } as Scenario)!;
  const asset = await Asset.ofRole(arn, system), { request } = asset;
  const forUs = asset.has('aws:SourceAccount', account!.id), untold = not(request.has('aws:SourceAccount'));
  const services = Object.entries(WORKED_AS).filter(([, roles]) => roles.includes(role)).map(([name]) => `${name}.amazonaws.com`);
  const isService = (name: string): Term => and(request.isService, request.compare(request.serviceName, 'equals', name));
  const isLambda = services.includes('lambda.amazonaws.com');
  return {
    name: `who works as ${role}`,
    asset,
    about: TRUE,
    permitted: [
      ...services.flatMap((name) => ['sts:AssumeRole', ...(FOR_SOMEBODY.includes(role) ? ['sts:SetSourceIdentity'] : [])].flatMap((action) => {
        const asked = and(isService(name), asset.does(action));
        return [
          { name: `${name} ${action}, for this account`, request: isLambda ? asked : and(asked, forUs) },
          ...(UNTOLD.includes(role) ? [{ name: `${name} ${action}, not saying for whom`, request: and(asked, untold) }] : []),
        ];
      })),
      ...(BECOME[role] ?? []).map((who) => {
        const organization = account === ACCOUNTS.production ? asset.has('aws:PrincipalOrgID', ORGANIZATION_ID) : TRUE;
        return { name: who, request: and(asset.isBy(system.who({ who } as Scenario)!.arn), organization) };
      }),
      ...(PEOPLE.includes(role) ? [{
        name: 'users of the account, each as themselves',
        request: and(asset.isBy(`arn:aws:iam::${ACCOUNTS.data.id}:*`), request.has('aws:RequestTag/StudioUser'), request.has('aws:username')),
      }] : []),
    ],
  };
}
