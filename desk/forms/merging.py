"""What a person chooses when two creators become one."""

from collections.abc import Mapping
from typing import Any

from django import forms

from creators.models import Creator
from desk.actions.merge import Choice
from desk.queries.merging import COMPARED, Clash, shown_values

_BOTH = "both"
_UNITED = ("niches", "formats", "notes")


class MergeForm(forms.Form):
    """One choice for each field in which the two differ, and one for each platform that both are on."""

    def __init__(self, data: Any, *, kept: Creator, gone: Creator, clashes: list[Clash]):
        super().__init__(data)
        self.kept, self.gone, self.clashes = kept, gone, clashes
        mine, theirs = shown_values(kept), shown_values(gone)
        for name in COMPARED:
            if mine[name] != theirs[name]:
                self.fields[name] = self._choice(name, mine[name], theirs[name])
        for clash in clashes:
            self.fields[f"handle_{clash.platform}"] = forms.ChoiceField(
                label=f"Handle on {clash.label} today",
                choices=[("kept", clash.kept.handle), ("gone", clash.gone.handle)],
                widget=forms.RadioSelect,
                help_text="The other one is kept as its name before. If these are two accounts, the two cannot be "
                "merged: a creator has one account on a platform.",
                error_messages={"required": "Choose the handle that the account has today."},
            )

    def _choice(self, name: str, mine: str, theirs: str) -> forms.ChoiceField:
        choices = [("kept", mine or "(empty)"), ("gone", theirs or "(empty)")]
        if name in _UNITED and mine and theirs:
            choices.append((_BOTH, "Both"))
        label = str(Creator._meta.get_field(name).verbose_name).capitalize()  # type: ignore[union-attr]
        initial = _BOTH if len(choices) == 3 else ("kept" if mine else "gone")
        return forms.ChoiceField(label=label, choices=choices, initial=initial, widget=forms.RadioSelect)

    def wanted(self) -> Choice:
        """What was chosen."""
        told: Mapping[str, str] = self.cleaned_data
        values = {name: self._value(name, told[name]) for name in COMPARED if told.get(name, "kept") != "kept"}
        return Choice(values=values, handles={c.platform: told[f"handle_{c.platform}"] for c in self.clashes})

    def _value(self, name: str, chosen: str) -> Any:
        mine, theirs = getattr(self.kept, name), getattr(self.gone, name)
        if chosen != _BOTH:
            return theirs
        if isinstance(mine, list):
            return [*mine, *(each for each in theirs if each not in mine)]
        return f"{mine}\n\n{theirs}"
