"""The set-up link: how the first owner of a fresh installation comes in, and nobody else."""

from datetime import datetime, timedelta

from django.db import transaction

from config.lib.tokens import new_token, token_hash
from team.actions.brands import make_brand
from team.actions.people import give_role
from team.actions.users import make_user
from team.enums import Role
from team.models import Membership, SetupToken, User

LIFETIME = timedelta(hours=24)


class LinkIsOver(Exception):
    """The set-up link was used, is too old, or never was one."""


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


def is_open(token: str, *, now: datetime) -> bool:
    """Whether the link still works."""
    return SetupToken.objects.filter(token_hash=token_hash(token), used_at=None, expires_at__gt=now).exists()


@transaction.atomic
def set_up(
    token: str,
    *,
    email: str,
    name: str,
    password: str,
    brand_name: str,
    currency: str,
    time_zone: str,
    now: datetime,
) -> User:
    """Use the link up: make the owner of everything, who may use `/admin/`, and the first brand.

    Raises `LinkIsOver`, `AddressTaken` or `BrandRefused`; the link then stays as it was.
    """
    _use_up(token, now=now)
    user = make_user(email=email, name=name, password=password)
    give_role(user, role=Role.OWNER, brand=None)
    make_brand(name=brand_name, currency=currency, time_zone=time_zone)
    return user


def _use_up(token: str, *, now: datetime) -> None:
    """Of two people with the same link one changes the row; the other waits for it, and finds it used."""
    unused = SetupToken.objects.filter(token_hash=token_hash(token), used_at=None, expires_at__gt=now)
    if is_set_up() or not unused.update(used_at=now):
        raise LinkIsOver
