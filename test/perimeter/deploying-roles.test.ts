import { App, DefaultStackSynthesizer, NestedStack, Stack } from 'aws-cdk-lib';
import { deployingRolesOf } from '../../src/perimeter/deploying-roles';

const env = { account: '111111111111', region: 'eu-west-1' };

test('a nested stack is deployed by the roles of the stack around it, however deep it is', () => {
  const stack = new Stack(new App(), 'Platform', { env, synthesizer: new DefaultStackSynthesizer({ qualifier: 'acme' }) });
  const nested = new NestedStack(new NestedStack(stack, 'Nested'), 'Inner');
  expect(stack.resolve(deployingRolesOf(nested, undefined))).toEqual(stack.resolve(deployingRolesOf(stack, undefined)));
  expect(JSON.stringify(stack.resolve(deployingRolesOf(nested, undefined)))).toContain('cdk-acme-cfn-exec-role-111111111111-eu-west-1');
});

test('roles that are given are taken', () => {
  const nested = new NestedStack(new Stack(new App(), 'Platform', { env }), 'Nested');
  expect(deployingRolesOf(nested, ['arn:aws:iam::111111111111:role/deployer'])).toEqual(['arn:aws:iam::111111111111:role/deployer']);
});
