import { readFileSync } from 'fs';
import { join } from 'path';
import { CfnMapping, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { InputCheck } from '../../private/input-check';

interface Images {
  /** The frameworks, with the name of their accounts, and their repository and tag by what they are for. */
  readonly frameworks: Record<string, { readonly accounts: string; readonly training: string }>;
  /** The registry accounts by region. */
  readonly accounts: Record<string, Record<string, string>>;
}

/** What the seed code says of the image as well. Both `src/monitoring/private` and `lib/monitoring/private` are three floors above `assets/`. */
const IMAGES = join(__dirname, '..', '..', '..', 'assets', 'seed-code', 'train', 'pipeline', 'images.json');

/**
 * URI of AWS's image with XGBoost, pandas and scikit-learn, which AWS keeps in another account in each region. Where the
 * region is only known when a template is deployed, the template looks it up.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg-ecr-paths/sagemaker-algo-docker-registry-paths.html
 */
export function xgboostImage(scope: Construct, region: string): string {
  const { frameworks: { xgboost }, accounts: { [xgboost.accounts]: accounts } } = JSON.parse(readFileSync(IMAGES, 'utf8')) as Images;
  new InputCheck(scope).that('region', region, (here) => here in accounts, 'be one in which AWS keeps an image of XGBoost, by which models are monitored',
    'Leave monitoring out of the stages of this region').throwIfInvalid();
  const mapping = Object.fromEntries(Object.entries(accounts).map(([name, account]) => [name, { account }]));
  const account = new CfnMapping(scope, 'Images', { mapping, lazy: true }).findInMap(region, 'account');
  return `${account}.dkr.ecr.${region}.${Stack.of(scope).urlSuffix}/${xgboost.training}`;
}
