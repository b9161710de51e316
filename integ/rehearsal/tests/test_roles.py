"""Roles of other accounts: who may become one, and what one may do then."""
import unittest
from typing import Any

from .local import assume, client, tell
from .people import allow, managed_policy, person, role, trusting

SCIENCE, STAGING, PRODUCTION = "111111111111", "222222222222", "333333333333"
_ASSUME = allow("sts:AssumeRole")


def _sts(credentials: dict[str, str]) -> Any:
    return client("sts", **credentials)


class RolesTest(unittest.TestCase):
    def refused(self, credentials: dict[str, str], target: str, **more: Any) -> None:
        with self.assertRaisesRegex(Exception, "AccessDenied.*sts:AssumeRole"):
            assume(target, _sts(credentials), **more)

    def entered(self, credentials: dict[str, str], target: str, **more: Any) -> str:
        arn: str = _sts(assume(target, _sts(credentials), **more)).get_caller_identity()["Arn"]
        return arn


class Entering(RolesTest):
    def test_a_session_acts_in_the_account_of_its_role(self) -> None:
        target = role(STAGING, "target", trusting({"AWS": SCIENCE}), allow("ssm:*"))
        credentials = assume(target, _sts(person(SCIENCE, _ASSUME)))
        client("ssm", **credentials).put_parameter(Name="/from/science", Value="x", Type="String")
        self.assertEqual(client("ssm", STAGING).get_parameter(Name="/from/science")["Parameter"]["Value"], "x")
        with self.assertRaisesRegex(Exception, "ParameterNotFound"):
            client("ssm", SCIENCE).get_parameter(Name="/from/science")

    def test_the_callers_own_policies_must_allow_it(self) -> None:
        target = role(STAGING, "target", trusting({"AWS": SCIENCE}))
        self.refused(person(SCIENCE, allow("s3:*")), target)
        self.refused(person(SCIENCE, allow("sts:AssumeRole", f"arn:aws:iam::{STAGING}:role/other")), target)

    def test_an_account_that_is_not_trusted_stays_out(self) -> None:
        self.refused(person(PRODUCTION, _ASSUME), role(STAGING, "target", trusting({"AWS": SCIENCE})))

    def test_a_root_user_assumes_nothing_in_another_account(self) -> None:
        with self.assertRaisesRegex(Exception, "AccessDenied"):
            assume(role(STAGING, "target", trusting({"AWS": SCIENCE})), client("sts", SCIENCE))

    def test_nobody_is_a_service(self) -> None:
        target = role(STAGING, "target", trusting({"Service": "cloudformation.amazonaws.com"}))
        self.refused(person(STAGING, _ASSUME), target)
        with self.assertRaisesRegex(Exception, "AccessDenied"):
            assume(target, client("sts", STAGING))

    def test_only_the_previous_link_of_a_chain(self) -> None:
        first = role(SCIENCE, "first", trusting({"AWS": SCIENCE}), _ASSUME)
        other = role(SCIENCE, "other", trusting({"AWS": SCIENCE}), _ASSUME)
        middle = role(STAGING, "middle", trusting({"AWS": SCIENCE}, ArnEquals={"aws:PrincipalArn": first}), _ASSUME)
        last = role(PRODUCTION, "last", trusting({"AWS": middle}))
        somebody = person(SCIENCE, _ASSUME)
        one = assume(first, _sts(somebody))
        two = assume(middle, _sts(one))
        self.assertIn(":assumed-role/last/", self.entered(two, last))
        self.refused(one, last)
        self.refused(somebody, last)
        self.refused(somebody, middle)
        self.refused(assume(other, _sts(somebody)), middle)

    def test_a_role_of_another_path_is_another_role(self) -> None:
        pathless = role(SCIENCE, "worker", trusting({"AWS": SCIENCE}), _ASSUME)
        target = role(STAGING, "target", trusting({"AWS": f"arn:aws:iam::{SCIENCE}:role/team/worker"}))
        self.refused(assume(pathless, _sts(person(SCIENCE, _ASSUME))), target)

    def test_a_pattern_is_no_principal(self) -> None:
        self.refused(person(SCIENCE, _ASSUME), role(STAGING, "target", trusting({"AWS": f"arn:aws:iam::{SCIENCE}:user/*"})))

    def test_a_deny_in_the_trust_wins(self) -> None:
        deny = trusting("*", effect="Deny", StringNotEquals={"aws:PrincipalAccount": PRODUCTION})
        self.refused(person(SCIENCE, _ASSUME), role(STAGING, "target", [trusting({"AWS": SCIENCE}), deny]))

    def test_an_external_id_must_be_the_agreed_one(self) -> None:
        target = role(STAGING, "target", trusting({"AWS": SCIENCE}, StringEquals={"sts:ExternalId": "agreed"}))
        somebody = person(SCIENCE, _ASSUME)
        self.refused(somebody, target)
        self.refused(somebody, target, ExternalId="guessed")
        self.entered(somebody, target, ExternalId="agreed")

    def test_who_is_no_service_sends_no_source(self) -> None:
        self.refused(person(SCIENCE, _ASSUME), role(STAGING, "target", trusting({"AWS": SCIENCE}, StringEquals={"aws:SourceAccount": SCIENCE})))

    def test_in_one_account_being_named_is_enough(self) -> None:
        somebody = person(SCIENCE, allow("s3:*"))
        arn = _sts(somebody).get_caller_identity()["Arn"]
        self.entered(somebody, role(SCIENCE, "named", trusting({"AWS": arn})))
        self.refused(somebody, role(SCIENCE, "unnamed", trusting({"AWS": SCIENCE})))

    def test_its_boundary_limits_a_role_in_another_account(self) -> None:
        boundary = managed_policy(STAGING, "no-ssm", allow("s3:*"))
        target = role(STAGING, "bounded", trusting({"AWS": SCIENCE}), allow("*"), boundary=boundary)
        credentials = assume(target, _sts(person(SCIENCE, _ASSUME)))
        with self.assertRaisesRegex(Exception, "AccessDenied"):
            client("ssm", **credentials).get_parameters_by_path(Path="/")


class Places(RolesTest):
    def setUp(self) -> None:
        units = [{"id": "ou-ab12-work1111"}, {"id": "ou-ab12-prod1111", "parent": "ou-ab12-work1111"}]
        tell("organization", {"id": "o-exampleorg", "root": "r-ab12", "managementAccount": "999999999999", "units": units,
                              "accounts": {SCIENCE: "ou-ab12-work1111", PRODUCTION: "ou-ab12-prod1111"}})

    def test_a_place_in_the_organization_lets_in(self) -> None:
        condition: dict[str, Any] = {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-exampleorg/r-ab12/ou-ab12-work1111/*"}}
        target = role(PRODUCTION, "placed", trusting("*", **condition))
        self.entered(person(SCIENCE, _ASSUME), target)
        self.refused(person(STAGING, _ASSUME), target)

    def test_an_organization_lets_in(self) -> None:
        target = role(PRODUCTION, "ours", trusting("*", StringEquals={"aws:PrincipalOrgID": "o-exampleorg"}))
        self.entered(person(SCIENCE, _ASSUME), target)
        self.refused(person(STAGING, _ASSUME), target)

    def test_where_the_role_is_may_be_a_condition_of_the_caller(self) -> None:
        condition: dict[str, Any] = {"ForAnyValue:StringLike": {"aws:ResourceOrgPaths": "o-exampleorg/r-ab12/ou-ab12-work1111/ou-ab12-prod1111/*"}}
        somebody = person(SCIENCE, allow("sts:AssumeRole", **condition))
        self.entered(somebody, role(PRODUCTION, "target", trusting({"AWS": SCIENCE})))
        self.refused(somebody, role(STAGING, "target", trusting({"AWS": SCIENCE})))
