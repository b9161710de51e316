import { Lazy } from 'aws-cdk-lib';
import { EnvironmentNames, EnvironmentRole } from '../../names';
import { arnIn } from '../../private/arn';
import { CARDS } from '../../roles/cards';

/**
 * The principals that resource policies name. By ARN text and not by reference: a key policy that refers to a role
 * whose policy refers to the key is a circle.
 */
export class Principals {
  /** Roles that only some environments have, which is known when an environment is made: nobody else is to come by their names. */
  private readonly absent = new Set(CARDS.filter(({ onlyWith }) => onlyWith === 'shared spaces' || onlyWith === 'image builds').map(({ role }) => role));
  /** Names that know of no role from outside. */
  private readonly own: EnvironmentNames;
  private isMade?: (role: EnvironmentRole) => boolean;
  private sessionsOf?: (role: EnvironmentRole) => string[];
  /** The role that empties buckets, where it may. */
  public readonly emptying: string[];

  /** Who looks at settings of buckets: AWS Config and IAM Access Analyzer, and whom people name. */
  public readonly configurationReaders: string[];

  constructor(private readonly names: EnvironmentNames, public readonly deploying: string[], emptying: boolean, readers: string[] = []) {
    this.own = new EnvironmentNames(names);
    this.configurationReaders = [
      this.serviceLinked('config', 'AWSServiceRoleForConfig'), this.serviceLinked('access-analyzer', 'AWSServiceRoleForAccessAnalyzer'), ...readers,
    ];
    this.emptying = emptying ? [names.roleArn(EnvironmentRole.BUCKET_EMPTYING)] : [];
  }

  /** A role that only some environments have, and this one too. */
  public include(role: EnvironmentRole): void {
    this.absent.delete(role);
  }

  /**
   * Asks at synth which roles there are, because a role that is given for one that nobody needs is let in nowhere; and as which others
   * people come who have what a role may do from IAM Identity Center.
   */
  public ask(isMade: (role: EnvironmentRole) => boolean, sessionsOf: (role: EnvironmentRole) => string[]): void {
    this.isMade = isMade;
    this.sessionsOf = sessionsOf;
  }

  /** ARNs of roles; looked up at synth, when it is known which of them there are. */
  public roles(...roles: EnvironmentRole[]): string[] {
    return Lazy.list({ produce: () => this.known(roles) });
  }

  /** ARNs of roles, and of others besides. */
  public rolesAnd(roles: EnvironmentRole[], others: string[]): string[] {
    return roles.length === 0 ? others : Lazy.list({ produce: () => [...this.known(roles), ...others] });
  }

  /** A service-linked role, with the path that only the service itself can give. */
  public serviceLinked(service: string, name: string): string {
    return arnIn(this.names, 'iam', `role/aws-service-role/${service}.amazonaws.com/${name}`);
  }

  /** Discovers sensitive data. */
  public get macie(): string {
    return this.serviceLinked('macie', 'AWSServiceRoleForAmazonMacie');
  }

  private known(roles: EnvironmentRole[]): string[] {
    return roles.filter((role) => !this.absent.has(role)).flatMap((role) => [this.arnOf(role), ...this.sessionsOf?.(role) ?? []]);
  }

  private arnOf(role: EnvironmentRole): string {
    const arn = this.names.roleArn(role), own = this.own.roleArn(role);
    return arn === own || this.isMade === undefined || this.isMade(role) ? arn : own;
  }
}
