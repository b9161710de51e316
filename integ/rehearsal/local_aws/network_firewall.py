"""Network Firewall: an endpoint in each subnet of a firewall, to which routes lead. No packet passes it here."""
from . import interfaces
from .emulator import account, ec2, hexadecimal
from .records import BEHAVIOURS, Behaviour, Record


def install() -> None:
    BEHAVIOURS["AWS::NetworkFirewall::Firewall"] = FirewallBehaviour()


class FirewallBehaviour(Behaviour):
    def created(self, record: Record) -> None:
        """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-networkfirewall-firewall.html#aws-resource-networkfirewall-firewall-return-values"""
        record.attributes["EndpointIds"] = [self._endpoint(record, mapping["SubnetId"]) for mapping in record.properties.get("SubnetMappings", [])]

    def deleting(self, record: Record) -> None:
        if record.properties.get("DeleteProtection"):
            raise ValueError(f"Unable to fulfill request because the following related entities still exist: {record.ref} has delete protection"
                             " (Service: NetworkFirewall, Status Code: 400) (HandlerErrorCode: InvalidRequest)")
        interfaces.detach(record.ref)

    @staticmethod
    def _endpoint(record: Record, subnet: str) -> str:
        endpoint, zone = f"vpce-{hexadecimal(17)}", ec2._subnets[subnet]["AvailabilityZone"]
        interfaces.attach(record.ref, subnet, [], f"VPC Endpoint Interface {endpoint} of account {account()}")
        return f"{zone}:{endpoint}"
