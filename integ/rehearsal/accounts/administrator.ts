import { Credentials } from './aws-api';
import { provisioned, Provisioning, provisioningParameters, token } from './provisioning';
import { Scene } from './variants';
import { Deployed } from '../local-aws';

/** What is asked for when an environment is launched. */
export type Form = Record<'EnvironmentName' | 'Owner' | 'NetworkRange' | 'TargetAccount' | 'FirstMember', string>;

interface Version {
  readonly ProductId: string;
  readonly ProvisioningArtifactId: string;
}

/** Somebody who launches from the one product that they find, or from one of several by its name. */
export class Administrator {
  /** Becomes a role of the app whose name has this in it, in a session of that name. */
  public static async of(scene: Scene, account: string, role: string, session = 'rehearsal'): Promise<Administrator> {
    const { Roles } = await scene.api.call<{ Roles: { RoleName: string; Arn: string }[] }>(account, 'iam', 'list_roles');
    const { Arn } = Roles.find(({ RoleName }) => RoleName.includes(role))!;
    return new Administrator(scene, account, await scene.api.assumeAs(session, account, Arn));
  }

  constructor(private readonly scene: Scene, private readonly account: string, public readonly who: Credentials, private readonly product?: string) {}

  /** Launches a version of the product, under the environment's name; the one that there is where none is named. */
  public async launch(version: string | undefined, form: Record<string, string>, as = form.EnvironmentName): Promise<Provisioning> {
    return this.provision('provision_product', { ...await this.version(version), ProvisionedProductName: as, ProvisionToken: token(), ProvisioningParameters: provisioningParameters(form) });
  }

  /** Brings an environment to a version, and what is asked for to other values. */
  public async update(name: string, version: string | undefined, changes: Record<string, string> = {}): Promise<Provisioning> {
    return this.provision('update_provisioned_product', {
      ...await this.version(version), ProvisionedProductName: name, UpdateToken: token(), ProvisioningParameters: provisioningParameters(changes),
    });
  }

  public terminate(name: string): Promise<Provisioning> {
    return this.provision('terminate_provisioned_product', { ProvisionedProductName: name, TerminateToken: token() });
  }

  /** What stands of an environment. */
  public async deployed(name: string): Promise<Deployed[]> {
    const { ProvisionedProductDetail: { Id } } = await this.scene.api.call<{ ProvisionedProductDetail: { Id: string } }>(
      this.who, 'servicecatalog', 'describe_provisioned_product', { Name: name });
    return (await this.scene.aws.deployed(this.account)).filter(({ stack }) => stack.endsWith(Id));
  }

  private async version(name?: string): Promise<Version> {
    const { ProductViewSummaries: all } = await this.call<{ ProductViewSummaries: { ProductId: string; Name: string }[] }>('search_products');
    const found = all.filter(({ Name }) => this.product === undefined || Name === this.product);
    if (found.length !== 1) throw new Error(`an administrator finds ${found.length} products`);
    const [{ ProductId }] = found;
    const { ProvisioningArtifactDetails: versions } = await this.call<{ ProvisioningArtifactDetails: { Id: string; Name: string }[] }>('list_provisioning_artifacts', { ProductId });
    const version = name === undefined && versions.length === 1 ? versions[0] : versions.find(({ Name }) => Name === name);
    if (!version) throw new Error(`an administrator finds the versions ${versions.map(({ Name }) => Name).join(', ')}`);
    return { ProductId, ProvisioningArtifactId: version.Id };
  }

  private provision(operation: string, parameters: object): Promise<Provisioning> {
    return provisioned(this.scene.api, this.who, operation, parameters);
  }

  private call<T>(operation: string, parameters: object = {}): Promise<T> {
    return this.scene.api.call<T>(this.who, 'servicecatalog', operation, parameters);
  }
}
