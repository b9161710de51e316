"""The Organizations API over one organization."""
import unittest
from typing import Any

from .local import client, tell
from .organizations import LIVE, MANAGEMENT, ORGANIZATION, OTHER, OUTSIDE, PLATFORM, PRODUCTION, ROOT, STAGE, STAGING, WORK, establish
from .people import allow, person


class Organizations(unittest.TestCase):
    def setUp(self) -> None:
        establish(staging=LIVE, production=LIVE, other=LIVE)
        self.organizations = client("organizations", MANAGEMENT)

    def accounts(self, unit: str) -> list[str]:
        pages = self.organizations.get_paginator("list_accounts_for_parent").paginate(ParentId=unit)
        return [account["Id"] for page in pages for account in page["Accounts"]]

    def test_pages_are_short(self) -> None:
        first = self.organizations.list_accounts_for_parent(ParentId=LIVE)
        self.assertEqual(len(first["Accounts"]), 2)
        self.assertEqual(self.accounts(LIVE), [STAGING, PRODUCTION, OTHER])

    def test_accounts_of_units_within_are_not_listed(self) -> None:
        self.assertEqual(self.accounts(WORK), [])

    def test_parents(self) -> None:
        def parent(child: str) -> Any:
            return self.organizations.list_parents(ChildId=child)["Parents"]

        self.assertEqual(parent(STAGING), [{"Id": LIVE, "Type": "ORGANIZATIONAL_UNIT"}])
        self.assertEqual(parent(LIVE), [{"Id": WORK, "Type": "ORGANIZATIONAL_UNIT"}])
        self.assertEqual(parent(WORK), [{"Id": ROOT, "Type": "ROOT"}])
        with self.assertRaisesRegex(Exception, "ChildNotFound"):
            parent(OUTSIDE)

    def test_an_account_that_moves_is_elsewhere(self) -> None:
        self.organizations.move_account(AccountId=OTHER, SourceParentId=LIVE, DestinationParentId=STAGE)
        self.assertEqual((self.accounts(LIVE), self.accounts(STAGE)), ([STAGING, PRODUCTION], [OTHER]))

    def test_every_member_knows_its_organization_and_nobody_else(self) -> None:
        self.assertEqual(client("organizations", PRODUCTION).describe_organization()["Organization"]["Id"], ORGANIZATION)
        with self.assertRaisesRegex(Exception, "AWSOrganizationsNotInUse"):
            client("organizations", OUTSIDE).describe_organization()

    def test_members_do_not_see_each_other_unless_delegated(self) -> None:
        with self.assertRaisesRegex(Exception, "AccessDenied"):
            client("organizations", PRODUCTION).list_accounts_for_parent(ParentId=LIVE)
        self.assertEqual(len(client("organizations", PLATFORM).list_accounts_for_parent(ParentId=LIVE)["Accounts"]), 2)

    def test_iam_is_enforced(self) -> None:
        listing = client("organizations", **person(PLATFORM, allow("organizations:ListAccountsForParent")))
        listing.list_accounts_for_parent(ParentId=LIVE)
        with self.assertRaisesRegex(Exception, "AccessDenied"):
            listing.list_parents(ChildId=LIVE)

    def test_a_place_must_exist(self) -> None:
        with self.assertRaisesRegex(Exception, "400"):
            tell("place", {"unit": "ou-ab12-nowhere1"}, STAGING)
