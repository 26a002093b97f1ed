"""Model fields for money and percentages."""

from typing import Any

from django.db import models


class AmountField(models.DecimalField):  # type: ignore[type-arg]
    """An amount of money, `numeric(16,3)`: some currencies have three decimals. Its currency stands beside it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_digits": 16, "decimal_places": 3, **kwargs})


class PercentField(models.DecimalField):  # type: ignore[type-arg]
    """A percentage as people write it: 12.5 means 12.5 %."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_digits": 5, "decimal_places": 2, **kwargs})
