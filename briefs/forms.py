"""The brand's form for a brief, its material, and the creator's acceptance."""

from typing import Any

from django import forms

from briefs.enums import MessageKind
from briefs.logic.content import MESSAGES_AT_LEAST, MESSAGES_AT_MOST
from briefs.logic.placeholders import unknown_in
from briefs.models import Asset, Brief
from config.lib.uploads import CheckedFileField

_TEXTS = [
    "goal", "audience", "deliverables", "timeline", "dos", "donts", "disclosure", "review", "usage_rights", "pay",
    "message_text",
]  # fmt: skip


class BriefForm(forms.ModelForm):
    """Every text of a brief, and up to five key messages, each with its kind. Refuses unknown placeholders."""

    class Meta:
        model = Brief
        fields = _TEXTS
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in _TEXTS} | {
            "message_text": forms.Textarea(attrs={"rows": 9})
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(MESSAGES_AT_MOST):
            given = self.instance.messages[number] if number < len(self.instance.messages) else {}
            self.fields[f"kind_{number}"] = forms.ChoiceField(
                label=f"Kind of message {number + 1}",
                choices=MessageKind.choices,
                initial=given.get("kind"),
                required=False,
            )
            self.fields[f"message_{number}"] = forms.CharField(
                label=f"Message {number + 1}", initial=given.get("text"), required=False, max_length=300,
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip

    @property
    def text_fields(self) -> list[forms.BoundField]:
        """The plain sections, before the messages."""
        return [self[name] for name in _TEXTS if name != "message_text"]

    @property
    def message_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The key messages as pairs of kind and text."""
        return [(self[f"kind_{number}"], self[f"message_{number}"]) for number in range(MESSAGES_AT_MOST)]

    def clean(self) -> dict[str, Any]:
        """Check the number of messages and every placeholder."""
        cleaned = super().clean() or {}
        for name, value in list(cleaned.items()):
            if isinstance(value, str) and (unknown := unknown_in(value)):
                names = ", ".join(f"{{{one}}}" for one in unknown)
                self.add_error(name, f"We have no placeholder {names}. The list beside the form shows those we have.")
        if not len(self.messages(cleaned)) >= MESSAGES_AT_LEAST:
            self.add_error("message_0", f"Write at least {MESSAGES_AT_LEAST} messages: more than one thing sticks.")
        return cleaned

    @staticmethod
    def messages(cleaned: dict[str, Any]) -> list[dict[str, str]]:
        """The messages that were written, in order."""
        pairs = ((cleaned.get(f"kind_{n}"), cleaned.get(f"message_{n}")) for n in range(MESSAGES_AT_MOST))
        return [{"kind": kind or MessageKind.BENEFIT.value, "text": text} for kind, text in pairs if text]

    def save(self, commit: bool = True) -> Brief:
        """Store the texts and the messages."""
        self.instance.messages = self.messages(self.cleaned_data)
        return super().save(commit)


class AssetForm(forms.ModelForm):
    """A link, or a file of a kind that we know to be harmless."""

    file = CheckedFileField(required=False)

    class Meta:
        model = Asset
        fields = ["title", "url", "file"]
        labels = {"url": "Link"}

    def clean(self) -> dict[str, Any]:
        """Exactly one of link and file."""
        cleaned = super().clean() or {}
        if not self.errors and bool(cleaned.get("url")) == bool(cleaned.get("file")):
            self.add_error("url", "Give either a link or a file.")
        return cleaned


class AcceptForm(forms.Form):
    """The name that a creator types to accept."""

    typed_name = forms.CharField(label="Type your full name", max_length=120, min_length=2)
