import { Token } from 'aws-cdk-lib';
import { Persona } from './persona';
import { InputCheck } from '../private/input-check';
import { ANYTHING, checkRequired, listOf } from '../private/required-input';
import { isTagName, TAG_NAME_RULE } from './private/tag-name';

/** A signed session tag that names the persona. */
export interface PersonaTagOptions {
  /** Client ids (audiences) of the applications by which people sign in. */
  readonly clientIds: string[];
  /**
   * Name of the session tag: 1–128 letters, digits, dots, hyphens and underscores.
   *
   * @default 'Persona'
   */
  readonly tagName?: string;
}

/** Client ids (audiences) of the applications by which people sign in as each persona, at least one for each. */
export interface PersonaClientIds {
  /** Applications of data scientists. */
  readonly dataScientist: string[];
  /** Applications of ML engineers. */
  readonly mlEngineer: string[];
  /** Applications of team administrators. */
  readonly teamAdministrator: string[];
  /** Applications of data science administrators. */
  readonly dataScienceAdministrator: string[];
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddClientIDToOpenIDConnectProvider.html */
const CLIENT_ID_RULE = 'be 1–255 characters';
const isClientId = (id: string) => Token.isUnresolved(id) || (id.length >= 1 && id.length <= 255);

/**
 * The part of an OpenID Connect token that says which persona a person may be.
 *
 * The provider signs it, so nobody chooses.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
 */
export class PersonaClaim {
  /**
   * A session tag in the token's claim `https://aws.amazon.com/tags`, with the persona's name as its value:
   * `data-scientist`, `ml-engineer`, `team-administrator` or `data-science-administrator`.
   *
   * @throws when there is no client id, or the tag's name is none
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_adding-assume-role-idp
   */
  public static sessionTag(options: PersonaTagOptions): PersonaClaim {
    checkRequired('PersonaClaim.sessionTag', options, { clientIds: listOf(ANYTHING) });
    const { clientIds, tagName = 'Persona' } = options;
    new InputCheck('PersonaClaim.sessionTag')
      .notEmpty('clientIds', clientIds, 'Without one, every application of the provider would do')
      .unique('clientIds', clientIds)
      .every('clientIds', clientIds, isClientId, CLIENT_ID_RULE)
      .that('tagName', tagName, isTagName, TAG_NAME_RULE)
      .throwIfInvalid();
    return new PersonaClaim(() => clientIds, tagName);
  }

  /**
   * The application by which a person signs in: each persona has its own, and the provider says who may use it.
   *
   * @throws when a persona has no client id, or two have the same
   */
  public static clientIds(clientIds: PersonaClientIds): PersonaClaim {
    const ids = listOf(ANYTHING);
    checkRequired('PersonaClaim.clientIds', clientIds, { dataScientist: ids, mlEngineer: ids, teamAdministrator: ids, dataScienceAdministrator: ids });
    const { dataScientist, mlEngineer, teamAdministrator, dataScienceAdministrator } = clientIds;
    const named = { dataScientist, mlEngineer, teamAdministrator, dataScienceAdministrator };
    const check = new InputCheck('PersonaClaim.clientIds');
    for (const [name, own] of Object.entries(named)) {
      check.notEmpty(name, own, 'Without one, every application of the provider would do').every(name, own, isClientId, CLIENT_ID_RULE);
    }
    check.unique('clientIds', Object.values(named).flat(), 'Who signs in by an application that two personas share could choose between them').throwIfInvalid();
    const byPersona: Record<Persona, string[]> = {
      [Persona.DATA_SCIENTIST]: dataScientist,
      [Persona.ML_ENGINEER]: mlEngineer,
      [Persona.TEAM_ADMINISTRATOR]: teamAdministrator,
      [Persona.DATA_SCIENCE_ADMINISTRATOR]: dataScienceAdministrator,
    };
    return new PersonaClaim((persona) => byPersona[persona]);
  }

  private constructor(
    /** @internal */
    public readonly _clientIds: (persona: Persona) => string[],
    /** The session tag that names the persona, if one does. @internal */
    public readonly _tagName?: string,
  ) {}
}
