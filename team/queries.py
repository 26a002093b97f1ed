"""Who sees which brands, and who may decide about whom."""

from dataclasses import dataclass
from typing import cast

from django.db import connection, models
from django.db.models import Q, QuerySet
from django.db.models.fields.reverse_related import ForeignObjectRel

from config.lib.written import columns, made
from team.enums import Role
from team.models import Brand, Invitation, Membership, User


@dataclass(frozen=True)
class Rights:
    """What a person may do: their role in each brand that they see, and the one that they have in every brand."""

    everywhere: Role | None
    roles: dict[Brand, Role]

    def brands(self, least: str | None) -> list[Brand]:
        """The brands in which the person has at least this role (None: any role), by name."""
        return [brand for brand, role in self.roles.items() if least is None or role.rank >= Role(least).rank]

    @property
    def owns_everything(self) -> bool:
        """Whether the person owns every brand, those to come included."""
        return self.everywhere == Role.OWNER

    @property
    def decides(self) -> bool:
        """Whether the person may decide about people somewhere."""
        return self.owns_everything or bool(self.brands(Role.OWNER))


def rights_of(user: User) -> Rights:
    """What a person may do, in one query."""
    everywhere: Role | None = None
    roles: dict[Brand, Role] = {}
    with connection.cursor() as cursor:
        cursor.execute(_ROLES, [user.pk])
        for told, is_everywhere, *values in cursor.fetchall():
            role = Role(told)
            everywhere = role if is_everywhere else everywhere
            if values[0] is not None:
                brand = made(Brand, values)
                roles[brand] = max(role, roles.get(brand, role), key=lambda each: each.rank)
    return Rights(everywhere, roles)


# Every request asks this. Somebody with a role in every brand, and another in one of them, has the higher one there.
_ROLES = f"""
select held.role, held.brand_id is null, {", ".join(columns(Brand, "brand."))}
from team_membership held left join team_brand brand on brand.id = held.brand_id or held.brand_id is null
where held.user_id = %s order by brand.name, brand.id"""  # noqa: S608 - names of our own columns


def people_of(brands: list[Brand]) -> QuerySet[User]:
    """People with a role in one of these brands, or in every brand, by name."""
    held = Membership.objects.filter(Q(brand__in=brands) | Q(brand=None))
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("name", "email")


def brands_of(user: User, least: str | None) -> list[Brand]:
    """The brands in which a person has at least the role `least` (None: any role), by name."""
    return rights_of(user).brands(least)


def managed_memberships(rights: Rights) -> QuerySet[Membership]:
    """The memberships that a person may change: those of the brands they own, or all of them."""
    return Membership.objects.filter(_decided_by(rights)).select_related("user", "brand").order_by(*_BY_NAME)


def members_everywhere() -> QuerySet[Membership]:
    """People with a role in every brand: whoever owns one brand should know who else sees it."""
    return Membership.objects.filter(brand=None).select_related("user", "brand").order_by(*_BY_NAME)


def managed_invitations(rights: Rights) -> QuerySet[Invitation]:
    """Invitations that nobody has accepted, to brands that the person owns, newest first."""
    return (
        Invitation.objects.filter(_decided_by(rights), accepted_at=None).select_related("brand").order_by("-made_at")
    )


def has_amounts(brand: Brand) -> bool:
    """Whether any table holds money of this brand. Each has a `brand` and a `currency`, so none is named here."""
    return any(table._base_manager.filter(brand=brand).exclude(currency="").exists() for table in _money_tables())


def _money_tables() -> list[type[models.Model]]:
    relations = [
        field for field in Brand._meta.get_fields(include_hidden=True) if isinstance(field, ForeignObjectRel)
    ]
    tables = [cast(type[models.Model], relation.related_model) for relation in relations if _is_brand_wall(relation)]
    return [table for table in tables if _holds_money(table)]


def _holds_money(table: type[models.Model]) -> bool:
    """Rows that wait to be imported have a job that they came with, and are no money yet."""
    names = {field.name for field in table._meta.local_fields}
    return "currency" in names and "job" not in names


def _is_brand_wall(relation: ForeignObjectRel) -> bool:
    return relation.field.name == "brand" and not hasattr(relation.related_model, "pgh_tracked_model")


_BY_NAME = ("user__name", "user__email", "brand__name", "pk")


def _decided_by(rights: Rights) -> Q:
    return Q() if rights.owns_everything else Q(brand__in=rights.brands(Role.OWNER))
