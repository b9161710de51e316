import { CfnConfigRule } from 'aws-cdk-lib/aws-config';
import { Construct } from 'constructs';
import { GUARD_RULES } from './guard-rules';
import { MANAGED_RULES } from './managed-rules';
import { pascalCase } from '../../../private/pascal-case';

/** Rules of AWS Config, which need a recorder in the account. */
export class ConfigRules extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    for (const identifier of MANAGED_RULES) {
      new CfnConfigRule(this, pascalCase(...identifier.toLowerCase().split('_')), { source: { owner: 'AWS', sourceIdentifier: identifier } });
    }
    for (const { id: name, description, resourceType, policy } of GUARD_RULES) {
      new CfnConfigRule(this, name, {
        description,
        scope: { complianceResourceTypes: [resourceType] },
        source: {
          owner: 'CUSTOM_POLICY',
          sourceDetails: ['ConfigurationItemChangeNotification', 'OversizedConfigurationItemChangeNotification'].map((messageType) => ({ eventSource: 'aws.config', messageType })),
          customPolicyDetails: { policyRuntime: 'guard-2.x.x', policyText: policy },
        },
      });
    }
  }
}
