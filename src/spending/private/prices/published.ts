import { PriceTableProps } from '../../prices/price-table-props';

/**
 * What AWS has published of its own bill: unit prices of an account in Ireland, December 2023, each as a line of that bill has it. AWS
 * publishes no other SageMaker prices that can be read without calling it: its page of prices shows them to browsers alone.
 *
 * Studio's are those of Studio notebooks. Discounts are none among them, nor warm pools.
 */
export const PUBLISHED: PriceTableProps = {
  date: '2023-12-31',
  region: 'eu-west-1',
  priceSource: 'https://github.com/aws-samples/sagemaker-ssh-helper/blob/main/Sample_Costs.md',
  currency: 'USD',
  perHour: {
    training: { 'ml.m5.xlarge': 0.257, 'ml.g4dn.xlarge': 0.822, 'ml.g5.xlarge': 1.57, 'ml.p3.2xlarge': 4.131 },
    processing: { 'ml.m5.xlarge': 0.257 },
    transform: { 'ml.m5.xlarge': 0.257 },
    endpoint: { 'ml.m5.xlarge': 0.257, 'ml.g4dn.xlarge': 0.821, 'ml.g4dn.4xlarge': 1.678, 'ml.g4dn.12xlarge': 5.453, 'ml.g5.12xlarge': 7.91 },
    app: { 'ml.t3.medium': 0.055, 'ml.m5.large': 0.128, 'ml.g4dn.xlarge': 0.8218 },
    notebook: { 'ml.t3.medium': 0.055 },
  },
  perGbMonth: { training: 0.154, processing: 0.11, endpoint: 0.154, notebook: 0.154 },
};
