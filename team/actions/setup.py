"""The set-up link: how the first owner of a fresh installation comes in, and nobody else."""

from datetime import datetime, timedelta

from django.db import transaction

from config.lib.tokens import new_token, token_hash
from team.enums import Role
from team.models import Membership, SetupToken

LIFETIME = timedelta(hours=24)


@transaction.atomic
def new_setup_token(*, now: datetime) -> str | None:
    """A token for `/setup/<token>/`, for one use within 24 hours; None once somebody owns every brand.

    Only its hash is kept, and older unused tokens stop working.
    """
    if is_set_up():
        return None
    SetupToken.objects.filter(used_at=None).delete()
    token = new_token()
    SetupToken.objects.create(token_hash=token_hash(token), made_at=now, expires_at=now + LIFETIME)
    return token


def is_set_up() -> bool:
    """Whether an active person owns every brand."""
    return Membership.objects.filter(brand=None, role=Role.OWNER, user__is_active=True).exists()
