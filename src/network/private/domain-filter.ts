import { CfnFirewallPolicy, CfnRuleGroup } from 'aws-cdk-lib/aws-networkfirewall';
import { Construct } from 'constructs';
import { DOMAIN_CAPACITY } from './egress-firewall-rules';
import { nameInAccount } from './name-in-account';

/**
 * What passes a firewall: TLS and HTTP to listed names, and nothing else.
 *
 * A name is read from the first packets after a connection stands, so connections must be able to come about: packets
 * are dropped from then on (`aws:drop_established`). What has no connection would slip through with its first packet.
 *
 * @see https://docs.aws.amazon.com/network-firewall/latest/developerguide/suricata-rule-evaluation-order.html
 */
export class DomainFilter extends Construct {
  public readonly policyArn: string;

  constructor(scope: Construct, id: string, allowedDomains: string[]) {
    super(scope, id);
    const connectionless = this.ruleGroup('Connectionless', 'UDP and ICMP, which carry data without a connection', 10, {
      rulesString: [
        'drop udp $HOME_NET any -> any any (msg:"UDP is not allowed out"; sid:1; rev:1;)',
        'drop icmp $HOME_NET any -> any any (msg:"ICMP is not allowed out"; sid:2; rev:1;)',
      ].join('\n'),
    });
    const domains = this.ruleGroup('Domains', 'Names that workloads may reach', DOMAIN_CAPACITY, {
      rulesSourceList: { generatedRulesType: 'ALLOWLIST', targetTypes: ['TLS_SNI', 'HTTP_HOST'], targets: allowedDomains },
    });
    this.policyArn = new CfnFirewallPolicy(this, 'Policy', {
      firewallPolicyName: nameInAccount(this, 'Policy'),
      description: 'Lets workloads reach listed names',
      firewallPolicy: {
        statelessDefaultActions: ['aws:forward_to_sfe'],
        statelessFragmentDefaultActions: ['aws:forward_to_sfe'],
        statefulEngineOptions: { ruleOrder: 'STRICT_ORDER', streamExceptionPolicy: 'DROP' },
        statefulDefaultActions: ['aws:drop_established', 'aws:alert_established'],
        statefulRuleGroupReferences: [connectionless, domains].map((group, index) => ({ resourceArn: group.attrRuleGroupArn, priority: index + 1 })),
      },
    }).attrFirewallPolicyArn;
  }

  private ruleGroup(id: string, description: string, capacity: number, rulesSource: CfnRuleGroup.RulesSourceProperty): CfnRuleGroup {
    return new CfnRuleGroup(this, id, {
      ruleGroupName: nameInAccount(this, id),
      description,
      type: 'STATEFUL',
      capacity,
      ruleGroup: { statefulRuleOptions: { ruleOrder: 'STRICT_ORDER' }, rulesSource },
    });
  }
}
