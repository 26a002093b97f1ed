"""The key of a data provider. What was entered once is never put into a form again."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings

from team.enums import ProviderName
from team.models import ProviderKey

NO_KEY = "Paste the key that the provider gave you."


class ProviderKeyForm(forms.ModelForm):  # type: ignore[type-arg]
    """A new key, or another key, budget or address for one that is there."""

    secret = forms.CharField(
        label="Key",
        max_length=500,
        widget=forms.PasswordInput({"autocomplete": "off"}),
        error_messages={"required": NO_KEY},
    )
    base_address = forms.URLField(
        required=False,
        assume_scheme="https",
        help_text="Empty for the provider’s own. ScrapeCreators: https://api.scrapecreators.com",
    )

    class Meta:
        model = ProviderKey
        fields = ("provider", "secret", "account", "base_address", "monthly_budget")
        help_texts = {
            "account": "Only for Instagram: the number of your own business account, through which it is asked.",
            "monthly_budget": "Credits or units that may be spent in a month. Empty for no limit of ours.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [each for each in ProviderName.choices if each[0] != ProviderName.DEMO or _has_demo(self.instance)]
        self.fields["provider"].choices = [("", "Choose…"), *shown]  # type: ignore[attr-defined]
        self.fields["secret"].required = not self.instance.pk and len(shown) < len(ProviderName)
        if self.instance.pk:
            self.fields["provider"].disabled = True
            self.fields["secret"].label = "Another key"
            ending = f" that ends in {self.instance.last_four}" if self.instance.last_four else ""
            self.fields["secret"].help_text = f"Leave it empty to keep the key{ending}."

    def clean_base_address(self) -> str:
        """Over HTTPS, except to hosts that this installation trusts by its setting."""
        address = str(self.cleaned_data["base_address"])
        parts = urlsplit(address)
        host = parts.hostname or ""
        trusted = {host, f"{host}:{parts.port}"} & set(settings.PROVIDER_PRIVATE_HOSTS)
        if address and parts.scheme != "https" and not trusted:
            raise forms.ValidationError("The address begins with https://, so that nobody on the way reads the key.")
        if parts.query or parts.fragment or "@" in parts.netloc:
            raise forms.ValidationError("Leave out names, passwords and anything after “?” or “#”.")
        return address.rstrip("/")

    def clean(self) -> dict[str, Any]:
        """A new key needs a secret, and a known one does not follow to another address."""
        data = super().clean() or {}
        secret = data.get("secret", "").strip()
        if "secret" in self.errors:
            return data
        if not secret and not self.instance.pk and data.get("provider") != ProviderName.DEMO:
            self.add_error("secret", NO_KEY)
        elif not secret and self.instance.pk and "base_address" in self.changed_data:
            self.add_error("secret", "Enter the key again, since it would be sent to another address.")
        elif not secret.isascii() or len(secret.split()) > 1:
            self.add_error("secret", "This is no key: keys hold neither spaces nor letters with accents.")
        return data

    def save(self, commit: bool = True) -> ProviderKey:
        """Seal the key, where another one was entered."""
        secret = self.cleaned_data["secret"].strip()
        if secret or not self.instance.pk:
            self.instance.secret = secret or "demo"
        saved: ProviderKey = super().save(commit)
        return saved


def _has_demo(key: ProviderKey) -> bool:
    """The demo is offered only where a demo server may be reached."""
    return bool(settings.PROVIDER_PRIVATE_HOSTS) or key.provider == ProviderName.DEMO
