/** An id of names with hyphens: `SubnetIds` of `subnet-ids`, `NetworkSubnetIds` of `network` and `subnet-ids`. */
export function pascalCase(...names: string[]): string {
  return names.flatMap((name) => name.split('-')).map((word) => word[0].toUpperCase() + word.slice(1)).join('');
}
