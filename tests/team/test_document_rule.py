import pytest

from team.enums import DocumentKind, Role
from team.logic.documents import kinds_for, may_see


@pytest.mark.parametrize(
    ("kind", "role", "expected"),
    [
        ("contract", "viewer", False),
        ("contract", "manager", True),
        ("contract", "owner", True),
        ("other", "viewer", False),
        ("other", "manager", True),
        ("screenshot", "viewer", True),
        ("media_kit", "viewer", True),
    ],
)
def test_contracts_are_for_managers_and_pictures_for_everybody(kind, role, expected):
    assert may_see(kind, role) is expected


def test_every_kind_is_in_the_rule():
    assert kinds_for(Role.OWNER) == list(DocumentKind)
