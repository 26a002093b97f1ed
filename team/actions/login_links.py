"""One-time links that sign a person in: the way back where no mail can be sent."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from config.lib.tokens import new_token, token_hash
from team.models import LoginLink, User

LIFETIME = timedelta(minutes=15)


def new_login_link(user: User, *, now: datetime) -> str:
    """A token for `/login/<token>/`, for one use within 15 minutes. Older links of the person stop working."""
    LoginLink.objects.filter(user=user).delete()
    token = new_token()
    LoginLink.objects.create(user=user, token_hash=token_hash(token), made_at=now, expires_at=now + LIFETIME)
    return token


def is_open(token: str, *, now: datetime) -> bool:
    """Whether the link still works."""
    return _unused(token, now).filter(user__is_active=True).exists()


def use_login_link(token: str, *, now: datetime) -> User | None:
    """The person whom the link signs in, once; None where it is used, too old, or unknown."""
    link = _unused(token, now).filter(user__is_active=True).select_related("user").first()
    # The guard asks the link's own row alone: a condition that joins becomes a sub-select, which the later of two
    # people does not ask again once the first has committed, so that both would come in.
    if link is None or not _unused(token, now).update(used_at=now):
        return None
    return link.user


def _unused(token: str, now: datetime) -> QuerySet[LoginLink]:
    return LoginLink.objects.filter(token_hash=token_hash(token), used_at=None, expires_at__gt=now)
