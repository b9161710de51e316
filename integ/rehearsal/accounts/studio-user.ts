import { setTimeout as sleep } from 'timers/promises';
import { AwsApi, Credentials } from './aws-api';
import { Provisioning, provisioned, provisioningParameters, token } from './provisioning';
import { LocalAws, REGION } from '../local-aws';

/** What a project is launched from. */
export type Details = { ServiceCatalogProvisioningDetails: object } | { TemplateProviders: object[] };

/** A project as it is. */
export interface Project {
  readonly ProjectName: string;
  readonly ProjectId: string;
  readonly ProjectStatus: string;
}

interface Product {
  readonly ProductId: string;
  readonly ProvisioningArtifactId: string;
  readonly ProvisioningParameters: object[];
}

/** Somebody who works in Studio: calls are made with the execution role of their applications, as Studio makes them. */
export class StudioUser {
  /** Opens Studio for somebody with this execution role. */
  public static async of(aws: LocalAws, api: AwsApi, account: string, role: string): Promise<StudioUser> {
    return new StudioUser(api, await aws.become(account, {
      service: 'sagemaker.amazonaws.com', source: `arn:aws:sagemaker:${REGION}:${account}:*`, role: `arn:aws:iam::${account}:role/${role}-${REGION}`,
    }));
  }

  private constructor(private readonly api: AwsApi, public readonly who: Credentials) {}

  /** The newest version of a product, by what people read. */
  public async product(name: string, parameters: Record<string, string> = {}): Promise<Details> {
    const { ProductViewSummaries } = await this.call<{ ProductViewSummaries: { ProductId: string; Name: string }[] }>('servicecatalog', 'search_products');
    const ProductId = ProductViewSummaries.find((product) => product.Name === name)!.ProductId;
    const { ProvisioningArtifactDetails: versions } = await this.call<{ ProvisioningArtifactDetails: { Id: string }[] }>(
      'servicecatalog', 'list_provisioning_artifacts', { ProductId });
    if (versions.length !== 1) throw new Error(`${name} has ${versions.length} versions`);
    const ProvisioningParameters = provisioningParameters(parameters);
    return { ServiceCatalogProvisioningDetails: { ProductId, ProvisioningArtifactId: versions[0].Id, ProvisioningParameters } };
  }

  /** The one template that the templates bucket shows. */
  public async template(bucket: string, RoleARN: string, values: Record<string, string> = {}): Promise<Details> {
    const { Contents = [] } = await this.call<{ Contents?: { Key: string }[] }>('s3', 'list_objects_v2', { Bucket: bucket, Prefix: 'projects/' });
    if (Contents.length !== 1) throw new Error(`${Contents.length} templates in the bucket`);
    const TemplateURL = `https://${bucket}.s3.${REGION}.amazonaws.com/${Contents[0].Key}`;
    const Parameters = Object.entries(values).map(([Key, Value]) => ({ Key, Value }));
    return { TemplateProviders: [{ CfnTemplateProvider: { TemplateName: 'template', TemplateURL, RoleARN, ...Parameters.length > 0 && { Parameters } } }] };
  }

  public async create(ProjectName: string, details: Details): Promise<Project> {
    await this.call('sagemaker', 'create_project', { ProjectName, ...details });
    return this.settled(ProjectName);
  }

  /** A product as Service Catalog itself launches it, with parameters that SageMaker would give; gone again in the end. */
  public async provision(details: Details, parameters: Record<string, string>): Promise<Provisioning> {
    const { ServiceCatalogProvisioningDetails: product } = details as { ServiceCatalogProvisioningDetails: Product };
    const { ProductId, ProvisioningArtifactId, ProvisioningParameters } = product;
    const ProvisionedProductName = 'past-studio';
    const launched = await provisioned(this.api, this.who, 'provision_product', {
      ProductId,
      ProvisioningArtifactId,
      ProvisionedProductName,
      ProvisionToken: token(),
      ProvisioningParameters: [...ProvisioningParameters, ...provisioningParameters(parameters)],
    });
    await provisioned(this.api, this.who, 'terminate_provisioned_product', { ProvisionedProductName, TerminateToken: token() });
    return launched;
  }

  /** Another version of what it was launched from. */
  public async update(ProjectName: string, details: Details): Promise<Project> {
    await this.call('sagemaker', 'update_project', { ProjectName, ...asUpdate(details) });
    return this.settled(ProjectName);
  }

  public async delete(ProjectName: string): Promise<Project> {
    await this.call('sagemaker', 'delete_project', { ProjectName });
    return this.settled(ProjectName);
  }

  private async settled(ProjectName: string): Promise<Project> {
    for (;;) {
      const project = await this.call<Project>('sagemaker', 'describe_project', { ProjectName });
      if (!project.ProjectStatus.endsWith('InProgress')) return project;
      await sleep(100);
    }
  }

  private call<T>(service: string, operation: string, parameters: object = {}): Promise<T> {
    return this.api.call<T>(this.who, service, operation, parameters);
  }
}

function asUpdate(details: Details): object {
  if ('TemplateProviders' in details) {
    return { TemplateProvidersToUpdate: details.TemplateProviders.map((provider) => ({ CfnTemplateProvider: without('RoleARN', (provider as { CfnTemplateProvider: object }).CfnTemplateProvider) })) };
  }
  return { ServiceCatalogProvisioningUpdateDetails: without('ProductId', details.ServiceCatalogProvisioningDetails) };
}

function without(name: string, from: object): object {
  return Object.fromEntries(Object.entries(from).filter(([key]) => key !== name));
}
