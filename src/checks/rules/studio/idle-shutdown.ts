import { settingsOf } from './settings';
import { Rule } from '../../core/rule';
import { is } from '../../core/verdicts';

const APPLICATIONS = ['JupyterLabAppSettings', 'CodeEditorAppSettings'];
const IDLE = 'AppLifecycleManagement.IdleSettings.LifecycleManagement';

export const STUDIO_IDLE_SHUTDOWN: Rule = {
  id: 'StudioIdleShutdown',
  title: 'Applications of Studio that nobody uses are shut down.',
  remedy: 'Set LifecycleManagement of JupyterLab\'s and Code Editor\'s AppLifecycleManagement.IdleSettings to ENABLED.',
  severity: 'low',
  types: ['AWS::SageMaker::Domain'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated-idle-shutdown.html',
  look: (domain) => settingsOf(domain).flatMap((at) => APPLICATIONS.filter((name) => at === 'DefaultUserSettings' || name === 'JupyterLabAppSettings').flatMap((name) => (
    is(domain.at(`${at}.${name}.${IDLE}`), ['ENABLED'], 'DISABLED')
  ))),
};
