import { Template } from 'aws-cdk-lib/assertions';
import { PerimeterApp } from './perimeter-app';
import { DeploymentStage } from '../../src/stages';
import { listOf, members, unitOf } from '../apps/growth/growth';

/** How large the policies are that the perimeter writes, by resource. */
function sizesOf(stage: DeploymentStage): Record<string, number> {
  const template = Template.fromStack(new PerimeterApp({ deploymentStages: [stage] }).stack);
  const resources = ['AWS::S3::BucketPolicy', 'AWS::KMS::Key', 'AWS::Events::EventBus', 'AWS::EC2::VPCEndpoint'].flatMap((type) => Object.entries(template.findResources(type)));
  return Object.fromEntries(resources.map(([id, { Properties }]): [string, number] => {
    const { KeyPolicy, Policy, PolicyDocument } = Properties as Record<string, object | undefined>;
    return [id, JSON.stringify(KeyPolicy ?? Policy ?? PolicyDocument ?? '').length];
  }));
}

function faultsOf(stage: DeploymentStage): string[] {
  return new PerimeterApp({ deploymentStages: [stage] }).stack.node.findAll().flatMap(({ node }) => node.validate());
}

test.each([10, 100, 1_000])('for %d accounts of a unit, every bucket, key, bus and endpoint policy has the size that it has for one', (count) => {
  expect(sizesOf(unitOf(members(count)))).toEqual(sizesOf(unitOf(members(1))));
});

test('for accounts one by one, only the policies of what stages reach are longer', () => {
  const one = sizesOf(listOf(members(1))), ten = sizesOf(listOf(members(10)));
  const longer = Object.keys(ten).filter((id) => ten[id] > one[id]).map((id) => id.replace(/[0-9A-F]{8}$/, ''));
  expect(longer.sort()).toEqual(['BucketreleasesPolicy', 'Bus', 'KeysReleases', 'NetworkEndpointsSageMakerApi', 'NetworkEndpointsSageMakerRuntime', 'NetworkEndpointsSts']);
});

test('a list of accounts that fits is taken; one that does not is refused with the limit and the alternative', () => {
  expect(faultsOf(listOf(members(400)))).toEqual([]);
  const [fault] = faultsOf(listOf(members(1_000)));
  expect(fault).toMatch(new RegExp('^deploymentStages must fit into a bucket policy of 20480 bytes, got "a bucket policy of \\d+ bytes"\\. '
    + 'Use DeploymentStage.organizationalUnits: its policies have the same size for any number of accounts$'));
});
