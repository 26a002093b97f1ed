"""Who sees which brands."""

from team.enums import Role
from team.models import Brand, Membership, User


def brands_of(user: User, least: str | None) -> list[Brand]:
    """The brands in which a person has at least the role `least` (None: any role), by name."""
    roles = [role for role in Role if least is None or role.rank >= Role(least).rank]
    held = list(Membership.objects.filter(user=user, role__in=roles).values_list("brand_id", flat=True))
    if None in held:
        return list(Brand.objects.all())
    return list(Brand.objects.filter(pk__in=held))
