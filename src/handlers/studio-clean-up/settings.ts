/** What a domain cannot change: CloudFormation would replace it, and with it everybody's profiles and spaces. */
const FIXED = ['DomainName', 'AuthMode', 'VpcId', 'KmsKeyId'] as const;
/** Sent where somebody could change it without a deployment of the app: in the form of a product. */
const NAME = 'EnvironmentName';

/**
 * The settings that a domain was made with, in the physical id of the resource that is made before it. CloudFormation
 * hands that id back with every event, so a roll-back, which asks for the old settings again, is told apart from a change.
 */
export class FixedSettings {
  static of(properties: Record<string, string>, madeAt: Date): FixedSettings {
    return new FixedSettings(madeAt, [...FIXED, ...(NAME in properties ? [NAME] : [])].map((name) => properties[name]));
  }

  static fromPhysicalId(id: string): FixedSettings {
    const [, madeAt, ...values] = id.split(SEPARATOR);
    return new FixedSettings(new Date(Number(madeAt)), values);
  }

  private constructor(
    /** When the resource was made, shortly before its domain. */
    readonly madeAt: Date,
    private readonly values: string[],
  ) {}

  get physicalId(): string {
    return ['studio-domain', this.madeAt.getTime(), ...this.values].join(SEPARATOR);
  }

  /** Fails the update before CloudFormation touches the domain. */
  refuseChange(properties: Record<string, string>): void {
    const environment = this.values.at(FIXED.length);
    if (environment !== undefined && environment !== properties[NAME]) {
      throw new Error(`An environment cannot change its name from ${environment} to ${properties[NAME]}: roles, keys and buckets are named after it. `
        + 'Set it back; or make another environment beside this one, move people over, then remove this one.');
    }
    const changes = FIXED
      .map((name, i) => ({ name, from: this.values[i], to: properties[name] }))
      .filter(({ from, to }) => from !== to)
      .map(({ name, from, to }) => `${name} from ${from} to ${to}`);
    if (changes.length === 0) return;
    throw new Error(`A Studio domain cannot change its ${changes.join(', nor its ')}: CloudFormation would replace the domain, with `
      + 'everybody\'s profiles and spaces. Set it back; or make another SecureStudioDomain beside this one, move people over, then remove this one.');
  }
}

const SEPARATOR = '|';
