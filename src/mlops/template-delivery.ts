import { Tags } from 'aws-cdk-lib';
import { CloudFormationProduct, CloudFormationTemplate } from 'aws-cdk-lib/aws-servicecatalog';
import { Construct } from 'constructs';
import { ProjectFoundation } from './project-foundation';
import { SelfContainedTemplate } from '../templates';

/** The mark by which Studio shows a product or an object as a project template. */
const VISIBLE = ['sagemaker:studio-visibility', 'true'] as const;

/** A template that is delivered. @internal */
export interface Delivered {
  readonly foundation: ProjectFoundation;
  readonly name: string;
  readonly description: string;
  readonly owner: string;
  readonly template: SelfContainedTemplate;
}

/** What people launch it by. @internal */
export interface Launchable {
  /** The product, where it is one. */
  readonly productArn?: string;
  /** Address of the template, where it is launched by that. */
  readonly templateUrl?: string;
}

/** Delivery of a project template to Studio. */
export class TemplateDelivery {
  /** A product of AWS Service Catalog, launched with the environment's launch role. */
  public static serviceCatalog(): TemplateDelivery {
    return new TemplateDelivery(deliverAsProduct);
  }

  /**
   * A template in an S3 bucket, which Studio shows, and of which SageMaker creates the stack with the launch role.
   *
   * AWS recommends it over Service Catalog. It could not be tried if SageMaker passes the template's URL to CloudFormation, which
   * limits the launch role.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-projects-templates-custom.html
   */
  public static s3(): TemplateDelivery {
    return new TemplateDelivery(deliverAsObject);
  }

  private constructor(private readonly deliver: (scope: Construct, delivered: Delivered) => Launchable) {}

  /** Delivers a template. @internal */
  public _deliver(scope: Construct, delivered: Delivered): Launchable {
    return this.deliver(scope, delivered);
  }
}

function deliverAsProduct(scope: Construct, { foundation, name, description, owner, template }: Delivered): Launchable {
  const object = foundation._publisher.publish(scope, 'Template', {
    folder: 'products', name: `${fileName(scope)}.json`, content: template.templateText(), contentType: 'application/json',
  });
  const product = new CloudFormationProduct(scope, 'Product', {
    productName: name,
    description,
    owner,
    // A version of its own for each content: projects keep the one that they were launched from.
    productVersions: [{ cloudFormationTemplate: CloudFormationTemplate.fromUrl(object.url), productVersionName: object.version }],
  });
  Tags.of(product).add(...VISIBLE);
  const portfolio = foundation.portfolio();
  portfolio.addProduct(product);
  portfolio.setLaunchRole(product, foundation.roles.launch.role);
  return { productArn: product.productArn };
}

function deliverAsObject(scope: Construct, { foundation, template }: Delivered): Launchable {
  const [tag, value] = VISIBLE;
  const object = foundation._publisher.publish(scope, 'Template', {
    folder: ProjectFoundation.S3_TEMPLATES,
    name: `${fileName(scope)}.yaml`,
    content: template.templateYaml(),
    contentType: 'application/yaml',
    tags: { [tag]: value },
    isListed: true,
  });
  return { templateUrl: object.url };
}

/** A key that is the same in an address. */
function fileName(scope: Construct): string {
  return scope.node.id.replace(/[^\w-]+/g, '-').toLowerCase();
}
