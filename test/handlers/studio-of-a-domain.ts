import { FakeAws } from './fake-aws/fake-aws';
import { FakeStack } from './fake-aws/stack-event';
import { handler } from '../../src/handlers/studio-clean-up';

/** The domain that the fake account has before each test. */
export const DOMAIN = 'd-churn';
export const aws = new FakeAws();
export const stack = new FakeStack(aws, handler);

beforeAll(() => aws.start());
afterAll(() => aws.stop());
beforeEach(() => {
  aws.reset();
  aws.sagemaker.domains.set(DOMAIN, 'InService');
  jest.spyOn(console, 'error').mockImplementation();
});
