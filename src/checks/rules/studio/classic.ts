import { settingsOf } from './settings';
import { Rule } from '../../core/rule';
import { isNot } from '../../core/verdicts';

const CLASSIC = ['JupyterServer', 'KernelGateway'];

export const STUDIO_CLASSIC: Rule = {
  id: 'StudioClassic',
  title: 'Nothing is made of Studio Classic, whose applications AWS no longer lets anyone create.',
  remedy: 'Leave the application out, and let people use JupyterLab or Code Editor.',
  severity: 'high',
  types: ['AWS::SageMaker::App', 'AWS::SageMaker::Domain', 'AWS::SageMaker::Space', 'AWS::SageMaker::UserProfile'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/studio.html',
  look: (resource) => {
    if (resource.type === 'AWS::SageMaker::App') return isNot(resource.at('AppType'), CLASSIC);
    if (resource.type === 'AWS::SageMaker::Space') return isNot(resource.at('SpaceSettings.AppType'), CLASSIC);
    return settingsOf(resource).filter((at) => at !== 'DefaultSpaceSettings').flatMap((at) => isNot(resource.at(`${at}.DefaultLandingUri`), ['app:JupyterServer:']));
  },
};
