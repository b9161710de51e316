"""The organization of the tests: two units within a third."""
from .local import tell

MANAGEMENT, PLATFORM, STAGING, PRODUCTION, OTHER, OUTSIDE = "999999999999", "888888888888", "222222222222", "333333333333", "444444444444", "555555555555"
ORGANIZATION, ROOT, WORK, STAGE, LIVE = "o-exampleorg", "r-ab12", "ou-ab12-work1111", "ou-ab12-stag1111", "ou-ab12-prod1111"


def establish(**accounts: str) -> None:
    """Made anew; `accounts`: names of places of the accounts above, as `production=LIVE`."""
    known = {"staging": STAGING, "production": PRODUCTION, "other": OTHER, "platform": PLATFORM}
    tell("organization", {
        "id": ORGANIZATION, "root": ROOT, "managementAccount": MANAGEMENT,
        "units": [{"id": WORK, "name": "work"}, {"id": STAGE, "name": "staging", "parent": WORK}, {"id": LIVE, "name": "production", "parent": WORK}],
        "accounts": {PLATFORM: ROOT, **{known[name]: unit for name, unit in accounts.items()}},
        "delegated": {"member.org.stacksets.cloudformation.amazonaws.com": [PLATFORM], "organizations.amazonaws.com": [PLATFORM]},
    })
