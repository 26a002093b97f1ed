"""Inviting people, changing what they may do, and showing them out."""

from datetime import datetime, timedelta

from django.db import transaction

from config.lib.tokens import new_token, token_hash
from team.actions.users import make_user
from team.enums import Role
from team.models import Brand, Invitation, Membership, User
from team.queries import rights_of

LIFETIME = timedelta(days=7)


class PeopleRefused(Exception):
    """The person may not do this, or it would leave nobody in charge; the text says which."""


@transaction.atomic
def invite(*, email: str, role: str, brand: Brand | None, by: User, now: datetime) -> tuple[Invitation, str]:
    """An invitation and the token of its link, for one use within seven days. No brand means every brand.

    An older one for the same address and brand stops working. Raises `PeopleRefused`.
    """
    _must_decide(by, brand)
    email, token = email.strip().lower(), new_token()
    if Membership.objects.filter(user__email=email, brand=brand).exists():
        raise PeopleRefused(f"{email} already has a role there. Change it in the list of people.")
    Invitation.objects.filter(email=email, brand=brand, accepted_at=None).delete()
    made = Invitation.objects.create(
        email=email, role=role, brand=brand, invited_by=by, token_hash=token_hash(token), made_at=now,
        expires_at=now + LIFETIME,
    )  # fmt: skip
    return made, token


def open_invitation(token: str, *, now: datetime) -> Invitation | None:
    """The invitation of a link, as long as nobody accepted it and it is not too old."""
    found = Invitation.objects.filter(token_hash=token_hash(token), accepted_at=None, expires_at__gt=now)
    return found.select_related("brand", "invited_by").first()


@transaction.atomic
def join_as_new(token: str, *, name: str, password: str, now: datetime) -> User:
    """Follow an invitation as somebody new. Raises `PeopleRefused`, or `AddressTaken`, which leaves it open."""
    invitation = _use_up(token, now=now)
    user = make_user(email=invitation.email, name=name, password=password)
    give_role(user, role=invitation.role, brand=invitation.brand)
    return user


@transaction.atomic
def join_as(user: User, token: str, *, now: datetime) -> None:
    """Follow an invitation as a known person, whose role may rise by it but not fall. Raises `PeopleRefused`."""
    invitation = _use_up(token, now=now)
    if user.email != invitation.email:
        raise PeopleRefused(f"This invitation is for {invitation.email}. Sign in with that address to accept it.")
    give_role(user, role=invitation.role, brand=invitation.brand)


def give_role(user: User, *, role: str, brand: Brand | None) -> None:
    """At least this role in a brand, or in every brand."""
    held, is_new = Membership.objects.get_or_create(user=user, brand=brand, defaults={"role": role})
    if not is_new and Role(held.role).rank < Role(role).rank:
        held.role = role
        held.save(update_fields=["role"])
    _set_admin(user)


@transaction.atomic
def change_role(membership: Membership, *, role: str, by: User) -> None:
    """Another role in the same brand; with a lower one their open invitations there end too.

    Raises `PeopleRefused` where `by` may not, or for the last owner.
    """
    _must_decide(by, membership.brand)
    if role != Role.OWNER:
        _must_not_be_last(membership)
    held = Membership.objects.select_for_update().get(pk=membership.pk).role
    Membership.objects.filter(pk=membership.pk).update(role=role)
    if Role(role).rank < Role(held).rank:
        _close_doors_of(membership)
    _set_admin(membership.user)


@transaction.atomic
def remove(membership: Membership, *, by: User) -> None:
    """Take a role away, with the open invitations that the person made there or was sent. Raises `PeopleRefused`."""
    _must_decide(by, membership.brand)
    _must_not_be_last(membership)
    Membership.objects.filter(pk=membership.pk).delete()
    _close_doors_of(membership)
    _set_admin(membership.user)


@transaction.atomic
def revoke(invitation: Invitation, *, by: User) -> None:
    """End an invitation that nobody has accepted. Raises `PeopleRefused`."""
    _must_decide(by, invitation.brand)
    Invitation.objects.filter(pk=invitation.pk, accepted_at=None).delete()


def _use_up(token: str, *, now: datetime) -> Invitation:
    unused = Invitation.objects.filter(token_hash=token_hash(token), accepted_at=None, expires_at__gt=now)
    if not unused.update(accepted_at=now):
        raise PeopleRefused("This invitation was used or is too old. Ask for a new one.")
    invitation = Invitation.objects.select_related("brand", "invited_by").get(token_hash=token_hash(token))
    if not _may_decide(invitation.invited_by, invitation.brand):
        raise PeopleRefused("Whoever sent this invitation may not invite any more. Ask for a new one.")
    return invitation


def _must_decide(by: User, brand: Brand | None) -> None:
    if not _may_decide(by, brand):
        raise PeopleRefused("Only an owner may decide this, and only for the brands that they own.")


def _may_decide(user: User | None, brand: Brand | None) -> bool:
    if user is None or not user.is_active:
        return False
    rights = rights_of(user)
    return rights.owns_everything or bool(brand and brand in rights.brands(Role.OWNER))


def _must_not_be_last(membership: Membership) -> None:
    """Lock all owners of everything first: two who remove each other at once would otherwise both succeed."""
    owners = Membership.objects.filter(brand=None, role=Role.OWNER).order_by("pk").select_for_update(of=("self",))
    active = [owner.pk for owner in owners.select_related("user") if owner.user.is_active]
    if active == [membership.pk]:
        raise PeopleRefused("This is the last owner of every brand. Make somebody else an owner first.")


def _close_doors_of(membership: Membership) -> None:
    waiting = Invitation.objects.filter(accepted_at=None)
    if membership.brand:
        waiting = waiting.filter(brand=membership.brand)
    waiting.filter(invited_by=membership.user).delete()
    waiting.filter(email=membership.user.email).delete()


def _set_admin(user: User) -> None:
    """`/admin/` shows every brand, so it is for those who own every brand."""
    may = rights_of(user).owns_everything
    User.objects.filter(pk=user.pk).update(is_staff=may, is_superuser=may)
