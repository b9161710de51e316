import { Matrix } from './matrix';
import { Page } from './page';
import { PLACES } from './places';
import { INSTALL, SIMULATOR } from './simulator';
import { enumerated } from './words';

/** What is said before the table: `**` around what is bold, backticks around code. */
export function introductionOf({ environment: { account, region, path, controls }, nobody }: Page, { simulator }: Matrix): string[] {
  if (simulator === undefined) return [`Nothing is decided: the policy simulator ${SIMULATOR} is not installed here. Install it with \`${INSTALL}\`, and run the command again. Below is what it would be asked about.`];
  return [
    `Account ${account}, ${region}. Each cell says from where somebody can do something: ${PLACES.map(({ letter, explanation }) => `**${letter}** ${explanation}`).join('; ')}. `
      + '**–** from nowhere. **\\*** only with particulars of the request, which the note names; that they can all be met at once is not said. **?** not known. '
      + `Numbers are those of the statements below that allow it, with their policies by construct, those of \`${path}\` from there on. `
      + 'The last column has the statements that deny it, from where and to whom, if not to everybody; where nothing is denied, no policy allows it.',
    ...(nobody.length > 0 ? [`Nothing of this is allowed to: ${enumerated(nobody)}.`] : []),
    controls.length === 0
      ? 'No service control policy and no resource control policy is in this app: those of the organization can only take away from what is allowed here.'
      : `Policies of AWS Organizations that are weighed: ${[...new Set(controls.map(({ policy, targets }) => `${policy} (attached to ${targets.join(', ')})`))].join('; ')}. Others can only take away from what is allowed here.`,
  ];
}

/** Who is who, in one line each. */
export function rolesOf({ environment: { people } }: Page): string[] {
  return people.filter(({ group }) => group !== 'For comparison').map(({ title, role, boundary }) => (
    `${title}: ${role === undefined ? 'exists already, in no template' : `\`${role}\``}${boundary === undefined ? '' : `, with the permissions boundary ${boundary}`}`));
}

/** What the table has no column for. */
export function leftOutOf({ environment: { missing } }: Page): string[] {
  return [
    '“Administrator of the account” is a role with AdministratorAccess and nothing else, and “administrator of an account outside” the same in an account outside of the organization: what the policies of resources, endpoints and the organization hold by themselves.',
    ...(missing.length > 0 ? [`The environment has no role for: ${enumerated(missing)}.`] : []),
    'Not asked: roles of other accounts, what stack sets and products of Service Catalog make later, service-linked roles, and what somebody can do in several steps. That something is not in the table does not say that it is denied.',
  ];
}
