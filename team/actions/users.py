"""Making people, whose address is known to be theirs since they followed a link that was given to them."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from team.models import User


class AddressTaken(Exception):
    """Somebody already signs in with this address; the text says so."""


@transaction.atomic
def make_user(*, email: str, name: str, password: str) -> User:
    """A person with a verified address. Raises `AddressTaken`."""
    try:
        with transaction.atomic():
            user = User.objects.create_user(email, password, name=name.strip())
    except IntegrityError as error:
        raise AddressTaken(f"Somebody already signs in as {email.strip().lower()}.") from error
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user
