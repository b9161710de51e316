import { Duration } from 'aws-cdk-lib';
import { InputCheck } from '../private/input-check';
import { INSTANCE_TYPE } from '../private/instance-type';

/** Limits of work. */
interface Limits {
  readonly instanceTypes?: string[];
  readonly maximumRuntime?: Duration;
}

/** Checks the settings of guardrails, whose properties are called so. */
export function checkLimits(check: InputCheck, { instanceTypes, maximumRuntime }: Limits, prefix = ''): InputCheck {
  const types = `${prefix}instanceTypes`;
  return check
    .notEmpty(types, instanceTypes)
    .unique(types, instanceTypes)
    .every(types, instanceTypes, (type) => INSTANCE_TYPE.test(type), 'be types such as ml.m5.xlarge or families such as ml.m5.*')
    .minutesBetween(`${prefix}maximumRuntime`, maximumRuntime, 1, 28 * 24 * 60, 'SageMaker ends no job later')
    .atMost(types, instanceTypes, 100, 'Name families, such as ml.m5.*');
}
