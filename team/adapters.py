"""How allauth behaves in Troupe."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: people come in by the set-up link or by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """In mails stands the site's own address, not the host name that a request claims."""
        uid, _, rest = key.partition("-")
        return settings.SITE_URL + reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": rest})

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation) -> str:
        """See `get_reset_password_from_key_url`."""
        return settings.SITE_URL + reverse("account_confirm_email", args=[emailconfirmation.key])
