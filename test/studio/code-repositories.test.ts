import { Fn } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { OwnParts } from './fixture';
import { StudioApplication } from '../../src/studio';
import { CODE_REPOSITORY_URL } from '../../src/studio/private/code-repositories';
import { Registry } from '../oracles/registry/registry';

const GITHUB = 'https://github.com/example/churn.git';
const refused = (codeRepositories: string[], message: string) => expect(() => new OwnParts().domain({ codeRepositories })).toThrow(message);

test('JupyterLab offers them, in private and in shared spaces', () => {
  const own = new OwnParts();
  own.domain({ codeRepositories: [GITHUB], sharedSpaceRole: own.role });
  const offered = { JupyterLabAppSettings: { CodeRepositories: [{ RepositoryUrl: GITHUB }] } };
  own.template.hasResourceProperties('AWS::SageMaker::Domain', { DefaultUserSettings: offered, DefaultSpaceSettings: offered });
});

test('Code Editor has no list of them, and without any neither has JupyterLab', () => {
  const [some, none] = [new OwnParts(), new OwnParts()];
  some.domain({ codeRepositories: [GITHUB] });
  none.domain({ codeRepositories: [] });
  some.template.hasResourceProperties('AWS::SageMaker::Domain', { DefaultUserSettings: { CodeEditorAppSettings: { CodeRepositories: Match.absent() } } });
  none.template.hasResourceProperties('AWS::SageMaker::Domain', { DefaultUserSettings: { JupyterLabAppSettings: { CodeRepositories: Match.absent() } } });
});

test.each([
  ['SSH', 'git@github.com:example/churn.git'],
  ['no TLS', 'http://github.com/example/churn.git'],
  ['a password', 'https://alice:secret@github.com/example/churn.git'],
  ['a port', 'https://git.example.com:8443/churn.git'],
  ['a query', 'https://git.example.com/churn?branch=main'],
  ['a folder of nothing', 'https://git.example.com//churn'],
  ['no address', 'https://'],
  ['what is no text', 7 as unknown as string],
])('%s is no address of a repository', (_, url) => {
  refused([GITHUB, url], '[Stack/Studio] codeRepositories must be https addresses of at most 256 letters, digits and .-_/, without user, port and query, '
    + `got [${JSON.stringify(url)}]. JupyterLab asks people for their credentials`);
});

test('a long address', () => refused([`https://git.example.com/${'x'.repeat(250)}`], '[Stack/Studio] codeRepositories must be https addresses of at most 256 letters'));
test('an address twice', () => refused([GITHUB, GITHUB], '[Stack/Studio] codeRepositories must have no element twice'));
test('more than 30', () => refused(Array.from({ length: 31 }, (_, index) => `${GITHUB}/${index}`), '[Stack/Studio] codeRepositories must have at most 30 elements'));

test('an address that is known at the deployment passes', () => {
  expect(() => new OwnParts().domain({ codeRepositories: [Fn.importValue('CloneUrl')] })).not.toThrow();
});

test('a domain without JupyterLab offers none', () => {
  expect(() => new OwnParts().domain({ applications: [StudioApplication.CODE_EDITOR], codeRepositories: [GITHUB] })).toThrow(
    '[Stack/Studio] codeRepositories must be empty where applications do not have JupyterLab, got ["https://github.com/example/churn.git"]. Code Editor clones what people name');
});

test('what passes here is what CloudFormation takes', async () => {
  const { definitions } = (await Registry.of()).schema('AWS::SageMaker::Domain') as unknown as {
    definitions: Record<string, { properties: Record<string, { pattern: string; maxLength: number; maxItems: number }> }>;
  };
  expect(definitions.JupyterLabAppSettings.properties.CodeRepositories.maxItems).toBe(30);
  const { pattern, maxLength } = definitions.CodeRepository.properties.RepositoryUrl;
  const theirs = (url: string) => url.length <= maxLength && new RegExp(pattern).test(url);
  const urls = ['https://abc', 'https://ab', 'https://a/b/c/', 'https:///abc', 'https://a//bc', 'https://a.b-c_d/E', 'https://a b', `https://${'a'.repeat(248)}`, `https://${'a'.repeat(249)}`];
  expect(urls.map((url) => CODE_REPOSITORY_URL.test(url))).toEqual(urls.map(theirs));
});
