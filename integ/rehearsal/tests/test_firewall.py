"""Firewalls that inspect what leaves a network: one a zone, with an endpoint to which routes lead."""
import unittest
from typing import Any

from .local import LocalAwsTest
from .templates import Resource, attribute, network, ref, resource


def firewall(zone: str, **properties: Any) -> Resource:
    return resource("AWS::NetworkFirewall::Firewall", FirewallName=f"egress-{zone}", Description="Inspects what leaves", VpcId=ref("Vpc"),
                    SubnetMappings=[{"SubnetId": ref(f"Subnet{zone}")}], FirewallPolicyArn=attribute("Policy", "FirewallPolicyArn"), **properties)


class Firewalls(LocalAwsTest):
    def deploy_firewalls(self, **properties: Any) -> str:
        policy = {"StatelessDefaultActions": ["aws:forward_to_sfe"], "StatelessFragmentDefaultActions": ["aws:drop"]}
        endpoint = {"Fn::Select": [1, {"Fn::Split": [":", {"Fn::Select": [0, attribute("FirewallB", "EndpointIds")]}]}]}
        return self.deploy(
            {**network(), "FirewallA": firewall("A"), "FirewallB": firewall("B", **properties)},
            Policy=resource("AWS::NetworkFirewall::FirewallPolicy", FirewallPolicyName="egress", FirewallPolicy=policy, Description="Inspects what leaves"),
            Table=resource("AWS::EC2::RouteTable", VpcId=ref("Vpc")),
            Route=resource("AWS::EC2::Route", RouteTableId=ref("Table"), DestinationCidrBlock="0.0.0.0/0", VpcEndpointId=endpoint),
            outputs={"Arn": {"Value": ref("FirewallB")}, "EndpointId": {"Value": {"Fn::Select": [0, attribute("FirewallB", "EndpointIds")]}}})

    def test_each_zone_has_a_firewall_with_an_endpoint_of_its_own(self) -> None:
        self.assertEqual(self.deploy_firewalls(), "CREATE_COMPLETE", self.reasons())
        self.assertEqual(self.output("Arn"), "arn:aws:network-firewall:eu-west-1:111111111111:firewall/egress-B")
        self.assertRegex(self.output("EndpointId"), "^eu-west-1b:vpce-[0-9a-f]{17}$")
        self.assertEqual(self.delete(), "DELETE_COMPLETE")

    def test_a_firewall_with_delete_protection_stays_until_it_is_taken_away(self) -> None:
        self.assertEqual(self.deploy_firewalls(DeleteProtection=True), "CREATE_COMPLETE", self.reasons())
        self.assertEqual(self.delete(), "DELETE_FAILED")
        self.assertIn("has delete protection", self.reasons())
        self.assertEqual(self.deploy_firewalls(), "UPDATE_COMPLETE", self.reasons())
        self.assertEqual(self.delete(), "DELETE_COMPLETE")


if __name__ == "__main__":
    unittest.main()
