"""Who may see which documents. The one place of the rule."""

from team.enums import DocumentKind, Role

# Contracts hold addresses, fees and signatures, and nobody knows what others hold.
LEAST_ROLE = {
    DocumentKind.CONTRACT: Role.MANAGER,
    DocumentKind.SCREENSHOT: Role.VIEWER,
    DocumentKind.MEDIA_KIT: Role.VIEWER,
    DocumentKind.OTHER: Role.MANAGER,
}


def may_see(kind: str, role: str) -> bool:
    """Whether a person with this role in the document's brand may know of it and open it."""
    return Role(role).rank >= LEAST_ROLE[DocumentKind(kind)].rank


def kinds_for(role: str) -> list[DocumentKind]:
    """The kinds that a role may see."""
    return [kind for kind in DocumentKind if may_see(kind, role)]
