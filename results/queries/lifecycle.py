"""What only orders tell of a creator's lifecycle: when somebody last bought through them."""

from datetime import datetime

from django.db.models import Max

from results.models import Credit
from team.models import Brand


def last_orders(brand: Brand) -> dict[int, datetime]:
    """The moment of the last counted order that is credited to each creator of the brand."""
    credits = Credit.objects.filter(brand=brand, order__not_counted="").order_by()
    return dict(credits.values_list("deal__creator").annotate(Max("order__ordered_at")))
