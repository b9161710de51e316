import { Check } from '../check';
import { problem } from '../finding';

/** The region of the account is bootstrapped for the CDK. */
export const BOOTSTRAP: Check = {
  name: 'bootstrap',
  title: 'The account and region are bootstrapped for the CDK, by a version that is new enough.',
  actions: ['ssm:GetParameter'],
  look: async ({ stack, known }, account) => {
    if (stack.bootstrapVersion === undefined || stack.bootstrapParameter === undefined) return [];
    const name = stack.bootstrapParameter;
    const there = `aws://${known.account}/${account.region}`;
    const question = { action: 'ssm:GetParameter', subject: `the parameter ${name}`, absent: ['ParameterNotFound'] };
    const answer = await account.json<{ Parameter: { Value: string } }>('ssm', 'AmazonSSM', question, { Name: name });
    if (answer === undefined) return [problem(`${there} is not bootstrapped for the CDK: there is no parameter ${name}.`, `Run "npx cdk bootstrap ${there}".`)];
    const version = Number(answer.Parameter.Value);
    return version >= stack.bootstrapVersion ? []
      : [problem(`The CDK's bootstrap stack in ${there} has version ${version}, and the stack needs at least ${stack.bootstrapVersion}.`, `Run "npx cdk bootstrap ${there}" again.`)];
  },
};
