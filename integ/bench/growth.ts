import { listOf, longestList, members, Size, sizeOf, unitOf } from '../../test/apps/growth/growth';
import { columns } from '../columns';

/** Prints what grows with the number of target accounts. Run with `npx ts-node -T --project integ/tsconfig.json integ/bench/growth.ts`. */
function main(): void {
  const longest = longestList();
  const rows = [
    ...[1, 10, 100, 1_000, 10_000].map((count) => row('in units', sizeOf(count, unitOf(members(count))))),
    ...[1, 10, 100, longest].map((count) => row('in a list', sizeOf(count, listOf(members(count))))),
  ];
  console.log(columns([['stage', 'accounts', 'resources', 'bucket policies', 'key policies', 'repository policy', 'endpoint policies', 'role policies'], ...rows]).join('\n'));
  console.log(`the longest list that fits: ${longest} accounts`);
}

function row(how: string, size: Size): string[] {
  const figures = [size.resources, size.bucketPolicies, size.keyPolicies, size.repositoryPolicies, size.endpointPolicies, size.rolePolicies];
  return [how, String(size.accounts), ...figures.map(String)];
}

main();
