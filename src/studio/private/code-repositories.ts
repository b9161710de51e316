import { InputCheck } from '../../private/input-check';
import { StudioApplication } from '../studio-application';
import { StudioOptions } from '../studio-options';

/** AWS's own pattern and length, written so that no address takes long to be refused. */
export const CODE_REPOSITORY_URL = /^(?=.{1,256}$)https:\/\/([\w.-]\/?){3,}$/;

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-sagemaker-domain-jupyterlabappsettings.html */
const MOST = 30;

/** Refuses what CloudFormation, or Git in Studio, does not take. */
export function checkCodeRepositories(check: InputCheck, { codeRepositories, applications }: StudioOptions): void {
  check
    .atMost('codeRepositories', codeRepositories, MOST)
    .unique('codeRepositories', codeRepositories)
    .every('codeRepositories', codeRepositories, (url) => typeof url === 'string' && CODE_REPOSITORY_URL.test(url),
      'be https addresses of at most 256 letters, digits and .-_/, without user, port and query', 'JupyterLab asks people for their credentials')
    .that('codeRepositories', codeRepositories, ({ length }) => length === 0 || (applications ?? [StudioApplication.JUPYTER_LAB]).includes(StudioApplication.JUPYTER_LAB),
      'be empty where applications do not have JupyterLab', 'Code Editor clones what people name');
}
