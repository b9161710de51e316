import { containersOf } from './containers';
import { isImageAccount } from '../../../roles/statements/image-account-list';
import { Rule, Verdict } from '../../core/rule';
import { Property } from '../../core/template';
import { isOpen, placeholder, Reference, shown, Unknown, Value } from '../../core/value';
import { COMPLIANT, unknown, violation } from '../../core/verdicts';

/** `<account>.dkr.ecr.<region>.<suffix>/<repository>`: https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html */
const PRIVATE = /^([^.]+)\.dkr\.ecr(-fips)?\./;
const OWN = placeholder('AWS::AccountId');
const ACCOUNT = /^\d{12}$/;

function image({ path, value }: Property): Verdict[] {
  if (value === undefined) return COMPLIANT;
  const address = textOf(value);
  if (address === undefined) return unknown(path, `${path} ${value instanceof Unknown ? value.why : `is ${shown(value)}`}.`);
  const account = PRIVATE.exec(address)?.[1];
  // An address that begins with what only the deployment knows may begin with a registry of one's own.
  if (account === undefined) return isOpen(address.split('/')[0]) ? unknown(path, `${path} is ${shown(address)}, whose registry the deployment decides.`) : violation(path, `${path} is ${shown(address)}, which is no private registry of Amazon ECR.`);
  if (account === OWN) return COMPLIANT;
  return ACCOUNT.test(account) && isImageAccount(account) ? COMPLIANT : unknown(path, `${path} is ${shown(address)}, and whose account that is only you know.`);
}

/** A repository of the same template is one's own, and begins its address. */
function textOf(value: Value): string | undefined {
  const text = value instanceof Reference ? String(value) : value;
  return typeof text === 'string' ? text.replace(/^⟨\w+\.RepositoryUri⟩/, `${OWN}.dkr.ecr.`) : undefined;
}

export const MODEL_IMAGE_REGISTRY: Rule = {
  id: 'ModelImageRegistry',
  title: 'Images of models come from a registry of one\'s own account, or from AWS.',
  remedy: 'Copy the image into a private repository of Amazon ECR, and use it from there.',
  severity: 'high',
  types: ['AWS::SageMaker::Model'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-containers-inference-private.html',
  look: (model) => containersOf(model).flatMap(({ path }) => image(model.at(`${path}.Image`))),
};
