import { containersOf } from './containers';
import { isImageAccount } from '../../../roles/statements/image-account-list';
import { Property, Resource } from '../../core/resource';
import { Rule, Verdict } from '../../core/rule';
import { Template } from '../../core/template';
import { isOpen, placeholder, Reference, shown, Unknown, Value } from '../../core/value';
import { COMPLIANT, unknown, violation } from '../../core/verdicts';

/** `<account>.dkr.ecr.<region>.<suffix>/<repository>`, and with other ends of networks: https://docs.aws.amazon.com/general/latest/gr/ecr.html */
const PRIVATE = /^([^./]+)\.dkr[.-]ecr(?:-fips)?\.[\w-]+\.(?:amazonaws\.com(?:\.cn)?|on\.aws|amazonwebservices\.com\.cn|sc2s\.sgov\.gov|c2s\.ic\.gov|amazonaws\.eu)\//;
const OWN = placeholder('AWS::AccountId');
const ACCOUNT = /^\d{12}$/;
/** What the deployment writes of its own, as it may be. */
const PSEUDO: Record<string, string> = { '⟨AWS::Region⟩': 'eu-west-1', '⟨AWS::URLSuffix⟩': 'amazonaws.com' };

function image(property: Property, resource: Resource, template: Template): Verdict[] {
  const { path, value } = property;
  if (value === undefined) return COMPLIANT;
  const among = value instanceof Unknown ? value.traits?.among : undefined;
  if (among !== undefined && among.every((one) => image({ path, value: one }, resource, template).length === 0)) return COMPLIANT;
  const address = value instanceof Reference ? String(value) : value;
  if (typeof address !== 'string') return unknown(path, `${path} ${value instanceof Unknown ? value.why : `is ${shown(value)}`}.`);
  const repository = repositoryOf(address, value, resource, template);
  if (repository !== undefined) return repository ? COMPLIANT : unknown(path, `${path} is ${shown(address)}, whose registry the deployment decides.`);
  const whole = Object.entries(PSEUDO).reduce((text, [name, one]) => text.replaceAll(name, one), address);
  const account = PRIVATE.exec(whole)?.[1];
  // An address that begins with what only the deployment knows may begin with a registry of one's own.
  if (account === undefined) return isOpen(whole.split('/')[0].replace(OWN, '')) ? unknown(path, `${path} is ${shown(address)}, whose registry the deployment decides.`) : violation(path, `${path} is ${shown(address)}, which is no private registry of Amazon ECR.`);
  if (template.isOwn(account) || template.isImageAccount(account)) return COMPLIANT;
  return ACCOUNT.test(account) && isImageAccount(account) ? COMPLIANT : unknown(path, `${path} is ${shown(address)}, and whose account that is only you know.`);
}

/** Whether an address begins with that of a repository which templates make: undefined if it begins with no resource's. */
function repositoryOf(address: string, value: Value, resource: Resource, template: Template): boolean | undefined {
  const [, logicalId, attribute] = /^⟨([\w-]+)\.([\w.-]+)⟩/.exec(address) ?? [];
  if (logicalId === undefined) return undefined;
  const home = value instanceof Reference ? value.home : undefined;
  return attribute === 'RepositoryUri' && template.referred(new Reference(logicalId, attribute, home), resource.home)?.type === 'AWS::ECR::Repository';
}

export const MODEL_IMAGE_REGISTRY: Rule = {
  id: 'ModelImageRegistry',
  title: 'Images of models come from a registry of one\'s own account, or from AWS.',
  remedy: 'Copy the image into a private repository of Amazon ECR, and use it from there; or say whose account it is in.',
  severity: 'high',
  types: ['AWS::SageMaker::InferenceComponent', 'AWS::SageMaker::Model', 'AWS::SageMaker::ModelPackage'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-containers-inference-private.html',
  look: (resource, template) => imagesOf(resource).flatMap((path) => image(resource.at(path), resource, template)),
};

/** Paths of images: of a model's containers, of those of a version, of the one of an inference component. */
function imagesOf(resource: Resource): string[] {
  if (resource.type === 'AWS::SageMaker::InferenceComponent') return ['Specification.Container.Image'];
  const containers = resource.type === 'AWS::SageMaker::Model' ? containersOf(resource) : [
    ...resource.each('InferenceSpecification.Containers'),
    ...resource.each('AdditionalInferenceSpecifications').flatMap(({ path }) => resource.each(`${path}.Containers`)),
  ];
  return containers.map(({ path }) => `${path}.Image`);
}
