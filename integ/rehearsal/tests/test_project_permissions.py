"""What types of project templates take of a launch role, held against their registry schemas."""
import unittest

from local_aws.project_permissions import SPARED, TYPES
from local_aws.schemas import schema_of

#: Of other services than the type's own, and needed: the roles that are passed, and the seed code.
_OF_OTHERS = {"iam:PassRole", "s3:GetObject"}


def _listed(name: str) -> dict[str, set[str]]:
    """Operation → actions in the schema; types that are older than schemas list none."""
    handlers = (schema_of(name) or {}).get("handlers", {})
    return {operation: set(handler["permissions"]) for operation, handler in handlers.items() if operation != "list"}


class Needs(unittest.TestCase):
    def test_every_action_of_a_schema_is_needed_or_spared_with_a_reason(self) -> None:
        for name, kind in TYPES.items():
            spared = SPARED.get(name, {})
            for operation, listed in _listed(name).items():
                with self.subTest(f"{name} {operation}"):
                    self.assertLessEqual(listed - spared.keys() - _OF_OTHERS, {f"{kind.service}:{action}" for action in kind.actions(operation)})

    def test_what_is_needed_or_spared_is_in_the_schema(self) -> None:
        for name, kind in TYPES.items():
            for operation, listed in _listed(name).items():
                with self.subTest(f"{name} {operation}"):
                    self.assertLessEqual({f"{kind.service}:{action}" for action in kind.actions(operation)} - _listed(name)["read"], listed)
            if _listed(name):
                self.assertLessEqual(SPARED.get(name, {}).keys(), set.union(*_listed(name).values()))

    def test_properties_that_spare_an_action_exist(self) -> None:
        for name, spared in SPARED.items():
            text = str(schema_of(name))
            for reason in spared.values():
                if reason.startswith("`"):
                    with self.subTest(f"{name} {reason}"):
                        self.assertIn(f"'{reason.strip('`')}'", text)


if __name__ == "__main__":
    unittest.main()
