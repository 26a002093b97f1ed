"""Fields for money and percentages, of models and of forms."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db import models


def say_what_to_do() -> None:
    """Let every form, also those of Django and libraries, say what to do about an empty field.

    Called once, before forms are made: a field takes its words when it is.
    """
    forms.Field.default_error_messages["required"] = "Fill this in."
    forms.ChoiceField.default_error_messages["required"] = "Choose one."
    forms.FileField.default_error_messages["required"] = "Choose a file."
    forms.BooleanField.default_error_messages = {"required": "Tick this box."}


class AmountInput(forms.DecimalField):
    """An amount as people type it: shown with two decimals unless the third says something."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_digits": 16, "decimal_places": 3, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        """3.60 for 3.600; what was typed as it was typed."""
        return round(value, 2) if isinstance(value, Decimal) and value == round(value, 2) else value


class AmountField(models.DecimalField):  # type: ignore[type-arg]
    """An amount of money, `numeric(16,3)`: some currencies have three decimals. Its currency stands beside it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_digits": 16, "decimal_places": 3, **kwargs})

    def formfield(self, **kwargs: Any) -> Any:
        """The field of a form that shows it."""
        return super().formfield(**{"form_class": AmountInput, **kwargs})


class PercentField(models.DecimalField):  # type: ignore[type-arg]
    """A percentage as people write it: 12.5 means 12.5 %."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_digits": 5, "decimal_places": 2, **kwargs})
