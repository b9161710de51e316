import { RegionInfo } from 'aws-cdk-lib/region-info';
import { placeOf } from '../../src/private/known-place';

test.each(RegionInfo.regions.map(({ name }) => name))('%s is in the partition and has the domain that the table of the CDK says', (name) => {
  const { partition, domainSuffix } = RegionInfo.get(name);
  expect([...placeOf(name)]).toEqual([['AWS::Region', name], ['AWS::Partition', partition], ['AWS::URLSuffix', domainSuffix]]);
});

test('of a region that the CDK does not know, nothing but its name is known', () => {
  expect([...placeOf('xx-nowhere-1')]).toEqual([['AWS::Region', 'xx-nowhere-1']]);
});
