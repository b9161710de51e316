import { isTagName, TAG_NAME_RULE } from './private/tag-name';
import { InputCheck } from '../private/input-check';

type Conditions = Record<string, Record<string, unknown>>;

/**
 * The name in a session that says which person it is for, and so the Studio user profile that the person may open.
 *
 * The trust policy of the persona keeps people from choosing another name.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
export class SessionIdentity {
  /**
   * By a session tag that holds the name of the user profile.
   *
   * @param tagName name of the tag; `StudioUser` unless you have one already
   */
  public static sessionTag(tagName: string = 'StudioUser'): SessionIdentity {
    new InputCheck('SessionIdentity.sessionTag').that('tagName', tagName, isTagName, TAG_NAME_RULE).throwIfInvalid();
    // Closed: a session that brought other tags along could pose as something else. The tag itself must be there.
    const closed = { 'ForAllValues:StringEquals': { 'aws:TagKeys': [tagName] }, 'Null': { [`aws:RequestTag/${tagName}`]: 'false' } };
    return new SessionIdentity(`\${aws:PrincipalTag/${tagName}}`, 'sts:TagSession', closed, (who) => ({ ...closed, StringEquals: { [`aws:RequestTag/${tagName}`]: who } }),
      (who) => `--tags Key=${tagName},Value=${who}`, [tagName]);
  }

  /**
   * By the source identity of the session, which stays with it through every role that follows.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html
   */
  public static sourceIdentity(): SessionIdentity {
    return new SessionIdentity('${aws:SourceIdentity}', 'sts:SetSourceIdentity', { Null: { 'sts:SourceIdentity': 'false' } }, (who) => ({ StringEquals: { 'sts:SourceIdentity': who } }),
      (who) => `--source-identity ${who}`);
  }

  private constructor(
    /** The policy variable that stands for the name of the user profile. */
    public readonly profileVariable: string,
    /** The action that gives a session its name, beside assuming the role. */
    public readonly sessionAction: string,
    private readonly present: Conditions,
    private readonly equal: (who: string) => Conditions,
    private readonly option: (who: string) => string,
    /** Tags that a session brings along. @internal */
    public readonly _tagNames: string[] = [],
  ) {}

  /** The session says who it is for. @internal */
  public _isPresent(): Conditions {
    return this.present;
  }

  /** The session is for this person. @internal */
  public _equals(who: string): Conditions {
    return this.equal(who);
  }

  /** The option by which the command line says for whom a session is. @internal */
  public _option(who: string): string {
    return this.option(who);
  }
}
