import { Check } from '../check';
import { problem } from '../finding';

/** AWS Config records what its rules look at. */
export const CONFIG_RECORDER: Check = {
  name: 'config-recorder',
  title: 'AWS Config has a configuration recorder, if the stack has rules for it.',
  actions: ['config:DescribeConfigurationRecorders'],
  look: async (stack, account) => {
    if (stack.added('AWS::Config::ConfigRule').length === 0 || stack.of('AWS::Config::ConfigurationRecorder').length > 0) return [];
    const question = { action: 'config:DescribeConfigurationRecorders', subject: 'configuration recorders of AWS Config' };
    const answer = await account.json<{ ConfigurationRecorders?: unknown[] }>('config', 'StarlingDoveService', question);
    return answer?.ConfigurationRecorders?.length ? []
      : [problem(`The stack makes rules of AWS Config, which has no configuration recorder in ${account.region}.`, 'Have AWS Config record in this region, or leave out configRules of the detective controls.')];
  },
};
