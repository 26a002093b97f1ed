"""The day of a signature, and why one is taken back."""

from django import forms

from config.lib.days import DayField


class SignForm(forms.Form):
    """On which day both had signed."""

    signed_on = DayField(label="Contract signed on")


class TakeBackForm(forms.Form):
    """Why the contract was not signed after all."""

    why = forms.CharField(label="Reason", max_length=200, help_text="It stays as a note on the creator.")
